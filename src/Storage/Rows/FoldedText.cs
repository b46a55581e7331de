using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <summary>Text as it is searched: neither engine folds the case of more than Latin letters by itself.</summary>
internal static class FoldedText
{
    /// <summary>The text that a search looks through.</summary>
    public static string Of(string first, string? second) => StoredFold(second is null ? first : $"{first}\n{second}");

    /// <summary>The pattern for <c>LIKE … ESCAPE '!'</c> that finds a text anywhere; null for all.</summary>
    public static string? Pattern(string? query) => string.IsNullOrWhiteSpace(query)
        ? null
        : $"%{Escaped(StoredFold(query.Trim()))}%";

    private static string Escaped(string text) => text
        .Replace("!", "!!", StringComparison.Ordinal)
        .Replace("%", "!%", StringComparison.Ordinal)
        .Replace("_", "!_", StringComparison.Ordinal);

    private static string StoredFold(string text) => StoredText.Clean(text).ToUpperInvariant();
}
