using System.Globalization;

namespace OrleansSync.Api.Hosting;

/// <summary>An address that the web server is to serve at.</summary>
/// <param name="Url">The address.</param>
/// <param name="Setting">The setting that gives it, as the environment names it.</param>
/// <param name="Example">A value that the setting may have.</param>
internal sealed record ServedAddress(string Url, string Setting, string Example)
{
    private const string ExampleAddress = "http://127.0.0.1:5080";

    /// <summary>
    /// The addresses of a configuration. Endpoints with names of their own count above the list of addresses, and that above ports, as they
    /// do for the server.
    /// </summary>
    public static IReadOnlyList<ServedAddress> Of(IConfiguration configuration)
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren()
            .Where(endpoint => !string.IsNullOrEmpty(endpoint["Url"]))
            .Select(endpoint => new ServedAddress(endpoint["Url"]!, $"Kestrel__Endpoints__{endpoint.Key}__Url", ExampleAddress))
            .ToList();
        var addresses = List(configuration[WebHostDefaults.ServerUrlsKey])
            .Select(url => new ServedAddress(url, "ASPNETCORE_URLS", ExampleAddress))
            .ToList();
        return endpoints.Count > 0 ? endpoints
            : addresses.Count > 0 ? addresses
            : [.. Ports(configuration, "http"), .. Ports(configuration, "https")];
    }

    private static IEnumerable<ServedAddress> Ports(IConfiguration configuration, string scheme) => List(configuration[scheme + "_ports"])
        .Select(port => new ServedAddress(
            $"{scheme}://*:{port}", $"ASPNETCORE_{scheme.ToUpper(CultureInfo.InvariantCulture)}_PORTS", "8080"));

    private static string[] List(string? value) =>
        (value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
