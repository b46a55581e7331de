namespace OrleansSync.CallGear.Responses;

/// <summary>Tells a refusal of one method or parameter from one of every call of the account.</summary>
public static class MethodRefusal
{
    private const string ParameterComponentDisabled = "parameter_component_disabled";

    /// <summary>
    /// Whether the key's rights, or the account's plan, lack what was called, while other methods may be granted: CallGear has rights of
    /// their own for reading, creating and changing, and for employees and groups.
    /// </summary>
    public static bool IsMethodRefused(this VendorError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Code switch
        {
            // One that names the key or the agent's customer is refused whatever it calls.
            VendorErrors.Forbidden => error.Field is not ("access_token" or "user_id"),
            "method_component_disabled" or ParameterComponentDisabled or "-32008" => true,
            _ => false,
        };
    }

    /// <summary>Whether it is a parameter, named or not, that the account's plan lacks.</summary>
    public static bool IsParameterRefused(this VendorError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Code == ParameterComponentDisabled;
    }
}
