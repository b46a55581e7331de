using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace OrleansSync.Load;

/// <summary>Options that several of the program's commands have.</summary>
internal static class LoadOptions
{
    /// <summary>A number.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="default">The number when it is left out.</param>
    /// <param name="least">The smallest that makes sense.</param>
    public static Option<int> Number(string name, string description, int @default, int least = 1)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "n", DefaultValueFactory = _ => @default };
        option.Validators.Add(result =>
        {
            if (TryRead(result.Tokens.SingleOrDefault()?.Value ?? "1", least) is null)
            {
                result.AddError(Mistake(name, least));
            }
        });
        return option;
    }

    /// <summary>Numbers with spaces or commas between them, or with the option's name before each.</summary>
    /// <param name="name">The option's name.</param>
    /// <param name="description">What they are for.</param>
    /// <param name="default">The number when it is left out.</param>
    public static Option<int[]> Numbers(string name, string description, int @default) => new(name)
    {
        Description = description,
        HelpName = "n",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [@default],
        CustomParser = result => ReadAll(result, name),
    };

    /// <summary>Whether PostgreSQL flushes.</summary>
    public static Option<bool> Durable() =>
        new("--durable") { Description = "Let PostgreSQL flush every commit to the disk, and write full pages" };

    private static int[]? ReadAll(ArgumentResult result, string name)
    {
        const int Least = 1;
        var numbers = result.Tokens.SelectMany(token => token.Value.Split(',')).Select(text => TryRead(text, Least)).ToList();
        if (numbers.Contains(null))
        {
            result.AddError("Each of " + Mistake(name, Least));
            return null;
        }

        return [.. numbers.OfType<int>()];
    }

    private static int? TryRead(string text, int least) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= least ? number : null;

    private static string Mistake(string name, int least) =>
        string.Create(CultureInfo.InvariantCulture, $"{name} is a whole number from {least} up.");
}
