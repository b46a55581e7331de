using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace OrleansSync.Sandbox;

/// <summary>The command line: <c>[--urls http://127.0.0.1:PORT] [--seed demo] [--addresses N]</c>.</summary>
/// <param name="Port">Port on 127.0.0.1; 0: a free one.</param>
/// <param name="Demo">Whether the demo's data is wanted.</param>
/// <param name="Addresses">Loopback addresses to listen on.</param>
internal sealed record SandboxArguments(int Port, bool Demo, int Addresses = 1)
{
    private const string Usage = "Usage: --urls http://127.0.0.1:PORT --seed demo --addresses 1";

    /// <summary>Reads the command line.</summary>
    public static bool TryParse(string[] args, [NotNullWhen(true)] out SandboxArguments? arguments, [NotNullWhen(false)] out string? mistake)
    {
        arguments = new SandboxArguments(0, false);
        mistake = args.Length % 2 == 0 ? null : Usage;
        for (var i = 0; i + 1 < args.Length && mistake is null; i += 2)
        {
            (arguments, mistake) = (args[i], args[i + 1]) switch
            {
                ("--urls", var url) when PortOf(url) is { } port => (arguments with { Port = port }, null),
                ("--urls", var url) => (arguments, $"The sandbox listens on 127.0.0.1 over http only, not on {url}. {Usage}"),
                ("--seed", "demo") => (arguments with { Demo = true }, null),
                ("--seed", var seed) => (arguments, $"There is no seed {seed}; the one there is is demo. {Usage}"),
                ("--addresses", var number) when CountOf(number) is { } count => (arguments with { Addresses = count }, null),
                var (name, _) => (arguments, $"Argument {name} is unknown or its value is wrong. {Usage}"),
            };
        }

        return mistake is null;
    }

    private static int? CountOf(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 250 ? count : null;

    private static int? PortOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.AbsolutePath == "/" &&
        (uri.IdnHost == "localhost" || (IPAddress.TryParse(uri.IdnHost, out var address) && address.Equals(IPAddress.Loopback)))
            ? uri.Port
            : null;
}
