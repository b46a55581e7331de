using System.CommandLine;

namespace OrleansSync.CommandLine;

/// <summary>Runs a program by its command line, the same way for every program.</summary>
public static class ProgramCommandLine
{
    /// <summary>The exit code of a command line that is wrong.</summary>
    public const int Mistaken = 2;

    /// <summary>
    /// Does what a command line asks for. Where that is help or the version, nothing else happens; where it is wrong, the error output
    /// tells what is, and nothing is started.
    /// </summary>
    /// <param name="command">The program's commands and options.</param>
    /// <param name="args">The arguments.</param>
    /// <param name="output">For help and version; null: the console.</param>
    /// <param name="error">For mistakes; null: the console.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(
        this RootCommand command, IEnumerable<string> args, TextWriter? output = null, TextWriter? error = null) =>
        RunAsync(command, [.. args], settings: null, output, error);

    /// <inheritdoc cref="RunAsync(RootCommand, IEnumerable{string}, TextWriter, TextWriter)"/>
    /// <param name="command">The program's commands and options.</param>
    /// <param name="arguments">The arguments, of which the settings are for the program's configuration.</param>
    /// <param name="output">For help and version; null: the console.</param>
    /// <param name="error">For mistakes; null: the console.</param>
    public static Task<int> RunAsync(
        this RootCommand command, ConfigurationArguments arguments, TextWriter? output = null, TextWriter? error = null)
    {
        return RunAsync(command, arguments.Others, arguments, output, error);
    }

    private static async Task<int> RunAsync(
        RootCommand command, IReadOnlyList<string> args, ConfigurationArguments? settings, TextWriter? output, TextWriter? error)
    {
        // What is unknown is told with what was meant, and without its value.
        command.TreatUnmatchedTokensAsErrors = false;
        var parsed = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (CommandLineMistakes.Of(parsed, settings) is { Count: > 0 } mistakes)
        {
            await (error ?? Console.Error).WriteLineAsync(string.Join(Environment.NewLine, [.. mistakes, "Usage and options: --help"]));
            return Mistaken;
        }

        // Help would offer to take them otherwise.
        command.TreatUnmatchedTokensAsErrors = true;

        // Signals and exceptions are the program's: its host stops in order, however long that takes, and what it does not expect has a
        // stack trace.
        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
            Output = output ?? Console.Out,
            Error = error ?? Console.Error,
        });
    }
}
