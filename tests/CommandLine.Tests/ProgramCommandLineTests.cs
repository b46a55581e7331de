using System.CommandLine;

namespace OrleansSync.CommandLine.Tests;

public sealed class ProgramCommandLineTests : IDisposable
{
    private const string Further = "Further help.";

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private string? _ran;

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    [InlineData("--help --demmo")]
    [InlineData("--urls --help")]
    [InlineData("migrate --help")]
    public async Task RunAsync_Help_ShowsUsageAndNothingElse(string line)
    {
        Assert.Equal(0, await RunAsync(line));

        Assert.Contains("Usage:", _output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("additional arguments", _output.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(Further + Environment.NewLine, _output.ToString(), StringComparison.Ordinal);
        Assert.Empty(_error.ToString());
        Assert.Null(_ran);
    }

    [Fact]
    public async Task RunAsync_Version_ShowsItAndNothingElse()
    {
        Assert.Equal(0, await RunAsync("--version"));

        Assert.NotEmpty(_output.ToString().Trim());
        Assert.Empty(_error.ToString());
        Assert.Null(_ran);
    }

    [Theory]
    [InlineData("--demmo", "Unknown argument: --demmo. Did you mean --demo?")]
    [InlineData("demo", "Unknown argument: demo. Did you mean --demo?")]
    [InlineData("--Demo", "Unknown argument: --Demo. Did you mean --demo?")]
    [InlineData("-version", "Unknown argument: -version. Did you mean --version?")]
    [InlineData("--helb", "Unknown argument: --helb. Did you mean --help?")]
    [InlineData("migrat", "Unknown argument: migrat. Did you mean migrate?")]
    [InlineData("--migrate", "Unknown argument: --migrate. Did you mean migrate?")]
    [InlineData("migrate --helb", "Unknown argument: --helb. Did you mean --help?")]
    [InlineData("migrate --demo", "Unknown argument: --demo.")]
    [InlineData("--url http://127.0.0.1:5080", "Unknown argument: --url. Did you mean --urls?")]
    [InlineData(
        "--OrleansSnyc:Schedule:Period=00:10:00",
        "Unknown argument: --OrleansSnyc:Schedule:Period. Did you mean --OrleansSync:Schedule:Period?")]
    [InlineData("--nonsense secret", "Unknown argument: --nonsense.")]
    [InlineData("--nonsense=secret", "Unknown argument: --nonsense.")]
    [InlineData("--x --y", "Unknown argument: --x.|Unknown argument: --y.")]
    [InlineData("/urls x", "Unknown argument: /urls. Did you mean --urls?|Unknown argument: x.")]
    [InlineData("@file", "Unknown argument: @file.")]
    [InlineData("--urls", "--urls needs a value: --urls=VALUE.")]
    [InlineData("--count many", "Cannot parse argument 'many' for option '--count' as expected type 'System.Int32'.")]
    public async Task RunAsync_Mistake_TellsWhatIsWrongAndWhatWasMeant(string line, string mistakes)
    {
        Assert.Equal(ProgramCommandLine.Mistaken, await RunAsync(line));

        Assert.Equal([.. mistakes.Split('|'), "Usage and options: --help", ""], _error.ToString().Split(Environment.NewLine));
        Assert.Empty(_output.ToString());
        Assert.Null(_ran);
    }

    [Theory]
    [InlineData("", "serve")]
    [InlineData("--demo", "demo")]
    [InlineData("--urls http://127.0.0.1:5080 --demo", "demo --urls=http://127.0.0.1:5080")]
    [InlineData("--OrleansSync:Schedule:Period=00:10:00 migrate", "migrate --OrleansSync:Schedule:Period=00:10:00")]
    public async Task RunAsync_Right_RunsWithTheSettingsAndEndsWithItsCode(string line, string ran)
    {
        Assert.Equal(7, await RunAsync(line));

        Assert.Equal(ran, _ran);
        Assert.Empty(_error.ToString());
    }

    [Fact]
    public async Task RunAsync_ProgramThatThrows_Throws()
    {
        var command = new RootCommand();
        command.SetAction((_, _) => Task.FromException<int>(new InvalidOperationException("unexpected")));

        await Assert.ThrowsAsync<InvalidOperationException>(() => command.RunAsync([], _output, _error));
    }

    [Fact]
    public async Task RunAsync_ProgramThatTakesNoSettings_SuggestsNone()
    {
        var command = new RootCommand { new Option<int>("--users") };
        command.SetAction((_, _) => Task.FromResult(0));

        Assert.Equal(ProgramCommandLine.Mistaken, await command.RunAsync(["--url", "x"], _output, _error));
        Assert.StartsWith("Unknown argument: --url." + Environment.NewLine, _error.ToString(), StringComparison.Ordinal);
    }

    private Task<int> RunAsync(string line)
    {
        var arguments = new ConfigurationArguments(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var demo = new Option<bool>("--demo");
        var migrate = new Command("migrate");
        migrate.SetAction((_, _) => Run("migrate"));
        var command = new RootCommand { demo, new Option<int>("--count"), migrate };
        command.SetAction((parsed, _) => Run(parsed.GetValue(demo) ? "demo" : "serve"));
        command.EndHelpWith(Further);
        return command.RunAsync(arguments, _output, _error);

        Task<int> Run(string what)
        {
            _ran = string.Join(' ', [what, .. arguments.Taken]);
            return Task.FromResult(7);
        }
    }
}
