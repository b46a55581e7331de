namespace OrleansSync.CommandLine;

/// <summary>The names in a command line, as people type them.</summary>
internal static class ArgumentName
{
    /// <summary>An argument without the value behind its equals sign, which may be a secret.</summary>
    public static string Of(string argument) => argument.Split('=', 2)[0];

    /// <summary>The name that was probably meant; null when none is close.</summary>
    /// <param name="name">What was given.</param>
    /// <param name="names">The names there are; one that ends with a colon stands for all that begin with it.</param>
    public static string? Nearest(string name, IEnumerable<string> names)
    {
        var section = name.IndexOf(':', StringComparison.Ordinal) + 1;
        var (word, rest) = section > 0 ? (name[..section], name[section..]) : (name, "");
        var nearest = names.Where(known => known.EndsWith(':') == (section > 0))
            .Select(known => (Name: known, Distance: Distance(Word(word), Word(known))))
            .OrderBy(known => known.Distance)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= (Word(word).Length + 1) / 3 ? nearest.Name + rest : null;
    }

    // Dashes are what people forget or give too many of.
    private static string Word(string name) => name.TrimStart('-', '/').ToUpperInvariant();

    // Letters to insert, remove or replace (Levenshtein), row by row.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 0; i < one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i + 1;
            for (var j = 0; j < other.Length; j++)
            {
                var replaced = diagonal + (one[i] == other[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(diagonal, row[j]) + 1);
            }
        }

        return row[^1];
    }
}
