using System.CommandLine;

namespace OrleansSync.CommandLine;

/// <summary>What is wrong with a command line, and what was probably meant.</summary>
internal static class CommandLineMistakes
{
    /// <summary>A sentence or two each; none when it is right, or asks for help or the version alone.</summary>
    /// <param name="parsed">The command line; what it knows nothing of is unmatched.</param>
    /// <param name="settings">The settings in it, if the program takes any.</param>
    public static IReadOnlyList<string> Of(ParseResult parsed, ConfigurationArguments? settings) =>
        parsed.Action is { ClearsParseErrors: true }
            ? []
            : [.. settings?.Mistakes ?? [], .. Unknown(parsed, settings is not null), .. parsed.Errors.Select(error => error.Message)];

    private static IEnumerable<string> Unknown(ParseResult parsed, bool takesSettings)
    {
        List<string> names = [.. NamesOf(parsed.CommandResult.Command), .. takesSettings ? ConfigurationArguments.Names : []];
        var ownsNext = false;
        foreach (var token in parsed.UnmatchedTokens)
        {
            var isName = token.StartsWith('-');

            // The value of something unknown may be a secret, and says nothing that its name does not.
            if (isName || !ownsNext)
            {
                var name = ArgumentName.Of(token);
                yield return $"Unknown argument: {name}."
                    + (ArgumentName.Nearest(name, names) is { } meant ? $" Did you mean {meant}?" : "");
            }

            ownsNext = isName && !token.Contains('=', StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> NamesOf(Command command) =>
        command.Options.Where(option => !option.Hidden).Select(option => option.Name)
            .Concat(command.Subcommands.Select(subcommand => subcommand.Name))
            .Concat(command.Parents.OfType<Command>().SelectMany(
                parent => parent.Options.Where(option => option.Recursive).Select(option => option.Name)));
}
