namespace OrleansSync.Grains.Import;

/// <summary>R2.2: texts from both vendors are trimmed, and one of white space only counts as absent.</summary>
internal static class FieldText
{
    /// <summary>E-mail addresses are compared without regard to case (R3.2).</summary>
    public static StringComparer EmailComparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>The trimmed text, or null when it is blank.</summary>
    public static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
