namespace OrleansSync.CallGear.Responses;

/// <summary>Tells a refusal of phone numbers from one of the employee.</summary>
public static class PhoneRefusal
{
    /// <summary>
    /// Whether it is the phone numbers that CallGear refuses, so that the employee may be accepted without them (R5.5).
    /// </summary>
    public static bool IsPhoneRejected(this VendorError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Kind is VendorErrorKind.Rejected or VendorErrorKind.Duplicate
            && error.Field is not null
            && error.Field.Split('.').Any(static part => part.StartsWith("phone_number", StringComparison.Ordinal));
    }
}
