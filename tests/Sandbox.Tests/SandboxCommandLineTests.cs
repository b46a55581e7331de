using System.Net;
using System.Net.Sockets;

namespace OrleansSync.Sandbox.Tests;

public sealed class SandboxCommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private SandboxArguments? _ran;

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("", 0, false, 1)]
    [InlineData("--urls http://127.0.0.1:5099 --addresses 20", 5099, false, 20)]
    [InlineData("--seed demo --urls http://localhost:0/", 0, true, 1)]
    [InlineData("--seed=demo --urls=http://127.0.0.1:5099", 5099, true, 1)]
    public async Task RunAsync_Valid_RunsWithItsValues(string line, int port, bool demo, int addresses)
    {
        Assert.Equal(0, await RunAsync(line));
        Assert.Equal(new SandboxArguments(port, demo, addresses), _ran);
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [InlineData("--urls", "Required argument missing for option: '--urls'.")]
    [InlineData("--urls http://0.0.0.0:5099", "The sandbox listens on 127.0.0.1 over http only, not on http://0.0.0.0:5099.")]
    [InlineData("--urls http://192.0.2.1:5099", "not on http://192.0.2.1:5099.")]
    [InlineData("--urls https://127.0.0.1:5099", "not on https://127.0.0.1:5099.")]
    [InlineData("--urls nonsense", "not on nonsense.")]
    [InlineData("--addresses 0", "--addresses is a number from 1 to 250, not 0.")]
    [InlineData("--addresses 251", "--addresses is a number from 1 to 250, not 251.")]
    [InlineData("--addresses many", "--addresses is a number from 1 to 250, not many.")]
    [InlineData("--seed other", "Argument 'other' not recognized. Must be one of:")]
    [InlineData("--port 5", "Unknown argument: --port.")]
    [InlineData("--sed demo", "Unknown argument: --sed. Did you mean --seed?")]
    public async Task RunAsync_OtherThanLoopbackOrUnknown_IsRefused(string line, string mistake)
    {
        Assert.Equal(2, await RunAsync(line));
        Assert.Contains(mistake, _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Usage", _error.ToString(), StringComparison.Ordinal);
        Assert.Null(_ran);
    }

    [Fact]
    public async Task RunAsync_Help_NamesEveryOption()
    {
        Assert.Equal(0, await RunAsync("--help"));
        Assert.All(
            ["Usage:", "--urls <http://127.0.0.1:PORT>", "--seed <demo>", "--addresses <1 to 250>", "[default: 1]",
                "src/Sandbox/README.md"],
            text => Assert.Contains(text, _output.ToString(), StringComparison.Ordinal));
        Assert.Null(_ran);
    }

    [Fact]
    public async Task RunAsync_PortOfAnotherProgram_IsToldInOneLine()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var code = await SandboxCommandLine.RunAsync(
            ["--urls", $"http://127.0.0.1:{port}"],
            arguments => SandboxServer.StartAsync(new SandboxOptions { Port = arguments.Port }),
            _output,
            _error);

        Assert.Equal(1, code);
        Assert.Equal(
            $"The sandbox cannot listen: Failed to bind to address http://127.0.0.1:{port}: address already in use. "
            + $"Stop the program that has the address, or give another by --urls.{Environment.NewLine}",
            _error.ToString());
    }

    private Task<int> RunAsync(string line) => SandboxCommandLine.RunAsync(
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        arguments =>
        {
            _ran = arguments;
            return Task.CompletedTask;
        },
        _output,
        _error);
}
