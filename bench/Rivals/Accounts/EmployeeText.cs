using OrleansSync.Bitrix24.Users;

namespace OrleansSync.Rivals.Accounts;

/// <summary>What an employee gets of a user: the marked last name and a number.</summary>
internal static class EmployeeText
{
    private const string Mark = "(bitrix24) ";

    /// <summary>The last name with the mark, which is never put twice.</summary>
    public static string Marked(string? lastName) =>
        IsMarked(lastName) ? lastName!.Trim() : Mark + lastName?.Trim();

    /// <summary>Whether a last name has the mark.</summary>
    public static bool IsMarked(string? lastName) =>
        lastName?.TrimStart().StartsWith(Mark.TrimEnd(), StringComparison.OrdinalIgnoreCase) ?? false;

    /// <summary>The digits of the first number that there is; null without one.</summary>
    public static string? Number(Bitrix24User user) =>
        new[] { user.WorkPhone, user.PersonalMobile, user.PersonalPhone }
            .Select(field => string.Concat((field ?? "").Where(char.IsAsciiDigit))).FirstOrDefault(digits => digits.Length > 0);

    /// <summary>An address in the form in which addresses are compared; null for a blank one.</summary>
    public static string? Key(string? email) => string.IsNullOrWhiteSpace(email) ? null : email.Trim().ToUpperInvariant();
}
