namespace OrleansSync.Grains.Import;

/// <summary>R2.2: texts from both vendors are trimmed, and one of white space only counts as absent.</summary>
internal static class FieldText
{
    /// <summary>E-mail addresses are compared by R2.5.</summary>
    public static IEqualityComparer<string?> EmailComparer { get; } =
        EqualityComparer<string?>.Create(
            static (one, other) => EmailKey.Of(one) == EmailKey.Of(other),
            static address => EmailKey.Of(address)?.GetHashCode(StringComparison.Ordinal) ?? 0);

    /// <summary>The trimmed text, or null when it is blank. Invisible characters are no white space.</summary>
    public static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>What a person typed in Bitrix24: with its HTML entities decoded, trimmed; null when it is blank.</summary>
    public static string? Typed(string? text) => text is null ? null : Trimmed(HtmlEntities.Decode(text));
}
