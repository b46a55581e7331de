using OrleansSync.Storage;

namespace OrleansSync.Silo.Tests;

public sealed class SiloCommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private (string Configuration, bool IsMigration)? _ran;

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData("migrate", "", true)]
    [InlineData("--ConnectionStrings:OrleansSync Host=db migrate", "--ConnectionStrings:OrleansSync=Host=db", true)]
    [InlineData("migrate --Logging:LogLevel:Default=Debug", "--Logging:LogLevel:Default=Debug", true)]
    [InlineData("--environment Development", "--environment=Development", false)]
    public async Task RunAsync_Right_RunsWithTheSettings(string line, string configuration, bool isMigration)
    {
        Assert.Equal(0, await RunAsync(line));
        Assert.Equal((configuration, isMigration), _ran);
    }

    [Theory]
    [InlineData("migrat", "Unknown argument: migrat. Did you mean migrate?")]
    [InlineData("migrate twice", "Unknown argument: twice.")]
    [InlineData("--demo", "Unknown argument: --demo.")]
    [InlineData("--environment", "--environment needs a value: --environment=VALUE.")]
    public async Task RunAsync_Wrong_StartsNothing(string line, string mistake)
    {
        Assert.Equal(2, await RunAsync(line));
        Assert.StartsWith(mistake + Environment.NewLine, _error.ToString(), StringComparison.Ordinal);
        Assert.Null(_ran);
    }

    [Fact]
    public async Task RunAsync_RefusedStart_EndsWithOne() =>
        Assert.Equal(1, await SiloCommandLine.RunAsync([], (_, _) => throw new StartRefusedException("Not today."), _output, _error));

    private Task<int> RunAsync(string line) => SiloCommandLine.RunAsync(
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        (configuration, isMigration) =>
        {
            _ran = (string.Join(' ', configuration), isMigration);
            return Task.CompletedTask;
        },
        _output,
        _error);
}
