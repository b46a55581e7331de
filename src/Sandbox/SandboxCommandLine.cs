using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using OrleansSync.CommandLine;

namespace OrleansSync.Sandbox;

/// <summary>What the sandbox's program can be asked for.</summary>
internal static class SandboxCommandLine
{
    /// <summary>Does what a command line asks for.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="runAsync">The program.</param>
    /// <param name="output">For help and version; null: the console.</param>
    /// <param name="error">For mistakes; null: the console.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        string[] args, Func<SandboxArguments, Task> runAsync, TextWriter? output = null, TextWriter? error = null)
    {
        var port = new Option<int>("--urls")
        {
            Description = "Where to listen; without it, on a free port",
            HelpName = "http://127.0.0.1:PORT",
            CustomParser = value => Read(value, PortOf, "The sandbox listens on 127.0.0.1 over http only, not on {0}."),
        };
        var seed = new Option<string>("--seed")
        {
            Description = "Begin with a made-up company: a portal and a CallGear account",
            HelpName = "demo",
        };
        seed.AcceptOnlyFromAmong("demo");
        var addresses = new Option<int>("--addresses")
        {
            Description = "How many loopback addresses to listen on, from 127.0.0.1 up",
            HelpName = "1 to 250",
            DefaultValueFactory = _ => 1,
            CustomParser = value => Read(value, CountOf, "--addresses is a number from 1 to 250, not {0}."),
        };
        var command = new RootCommand("Imitates Bitrix24 and CallGear on loopback, with faults on demand.") { port, seed, addresses };
        command.SetAction((parsed, _) => ReportAsync(
            () => runAsync(new(parsed.GetValue(port), parsed.GetValue(seed) is not null, parsed.GetValue(addresses))),
            parsed.InvocationConfiguration.Error));
        command.EndHelpWith("Control API and faults: src/Sandbox/README.md.");
        return command.RunAsync(args, output, error);
    }

    private static async Task<int> ReportAsync(Func<Task> program, TextWriter error)
    {
        try
        {
            await program();
            return 0;
        }
        catch (Exception exception) when (exception is SocketException or IOException { InnerException: AddressInUseException })
        {
            await error.WriteLineAsync(
                $"The sandbox cannot listen: {exception.Message} Stop the program that has the address, or give another by --urls.");
            return 1;
        }
    }

    private static int Read(ArgumentResult value, Func<string, int?> read, string mistake)
    {
        var text = value.Tokens.Single().Value;
        if (read(text) is not { } number)
        {
            value.AddError(string.Format(CultureInfo.InvariantCulture, mistake, text));
            return 0;
        }

        return number;
    }

    private static int? CountOf(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 250 ? count : null;

    private static int? PortOf(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.AbsolutePath == "/" &&
        (uri.IdnHost == "localhost" || (IPAddress.TryParse(uri.IdnHost, out var address) && address.Equals(IPAddress.Loopback)))
            ? uri.Port
            : null;
}
