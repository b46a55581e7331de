namespace OrleansSync.Api.Web;

/// <summary>Addresses of this service that a form or a link brings back, so that nobody is sent to another site.</summary>
internal static class LocalPath
{
    private const string Home = "/";

    /// <summary>The address, or that of the first page when it is missing or leads elsewhere.</summary>
    public static string Of(string? address) => IsLocal(address) ? address! : Home;

    // Browsers take "//" and "/\\" for the start of a host's name.
    private static bool IsLocal(string? address) =>
        address is ['/', ..]
        && !(address.Length > 1 && address[1] is '/' or '\\')
        && !address.Any(char.IsControl);
}
