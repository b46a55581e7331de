using OrleansSync.Api.Hosting;

namespace OrleansSync.Api.Tests.Hosting;

public sealed class ApiCommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private string? _ran;

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("", "serve")]
    [InlineData("--urls http://127.0.0.1:1", "serve --urls=http://127.0.0.1:1")]
    [InlineData("--demo", "demo")]
    [InlineData("--demo --verbose", "whole demo")]
    [InlineData("--verbose --OrleansSync:AdminKey=k --demo", "whole demo --OrleansSync:AdminKey=k")]
    public async Task RunAsync_Right_RunsWhatIsAskedForWithTheSettings(string line, string ran)
    {
        Assert.Equal(0, await RunAsync(line));
        Assert.Equal(ran, _ran);
        Assert.Empty(_error.ToString());
    }

    [Theory]
    [InlineData("--demmo", "Unknown argument: --demmo. Did you mean --demo?")]
    [InlineData("demo", "Unknown argument: demo. Did you mean --demo?")]
    [InlineData("--demo --vebrose", "Unknown argument: --vebrose. Did you mean --verbose?")]
    [InlineData("--verbose", "--verbose goes with --demo. To log more, use --Logging:LogLevel:Default=Debug.")]
    [InlineData("--demo=x", "Unknown argument: x.")]
    [InlineData("--demo --urls", "--urls needs a value: --urls=VALUE.")]
    public async Task RunAsync_Wrong_StartsNothing(string line, string mistake)
    {
        Assert.Equal(2, await RunAsync(line));
        Assert.StartsWith(mistake + Environment.NewLine, _error.ToString(), StringComparison.Ordinal);
        Assert.Null(_ran);
    }

    private Task<int> RunAsync(string line)
    {
        return ApiCommandLine.RunAsync(
            line.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            configuration => Run("serve", configuration),
            (configuration, isVerbose) => Run(isVerbose ? "whole demo" : "demo", configuration),
            _output,
            _error);

        Task Run(string what, string[] configuration)
        {
            _ran = string.Join(' ', [what, .. configuration]);
            return Task.CompletedTask;
        }
    }
}
