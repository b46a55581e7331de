namespace OrleansSync.Grains.Interfaces.Accounts;

/// <summary>The form of account ids: 1 to 64 of <c>a-z 0-9 . _ -</c>, starting with a letter or digit.</summary>
public static class AccountId
{
    /// <summary>The most characters an account id has.</summary>
    public const int MaxLength = 64;

    /// <summary>Whether the text is an account id.</summary>
    /// <param name="text">What a caller sent.</param>
    public static bool IsValid(string? text) =>
        text is { Length: >= 1 and <= MaxLength }
        && (char.IsAsciiLetterLower(text[0]) || char.IsAsciiDigit(text[0]))
        && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-');
}
