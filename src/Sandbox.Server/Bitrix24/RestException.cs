namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>Ends the handling of a call with an error of the vendor.</summary>
internal sealed class RestException(RestError error) : Exception(error.Description)
{
    public RestError Error { get; } = error;
}
