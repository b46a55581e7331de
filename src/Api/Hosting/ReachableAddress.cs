namespace OrleansSync.Api.Hosting;

/// <summary>Where a client on this machine reaches what is served at an address.</summary>
internal static class ReachableAddress
{
    /// <summary>The address with a slash at its end. One that stands for all addresses of the machine becomes loopback's.</summary>
    /// <param name="url">An address to listen on.</param>
    public static Uri Of(string url)
    {
        var binding = BindingAddress.Parse(url);
        var host = binding.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "127.0.0.1" : binding.Host;
        return new UriBuilder(binding.Scheme, host, binding.Port).Uri;
    }
}
