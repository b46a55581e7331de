using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Import;

/// <summary>
/// R5.5a: tells whether giving an employee numbers would be what CallGear has refused before. A digest, so that what is kept for it is no
/// personal data of its own.
/// </summary>
internal static class NumberAttempt
{
    private const int DigestLength = 32;

    /// <summary>The digest of giving numbers to an employee.</summary>
    /// <param name="employee">The employee as it is after the attempt.</param>
    /// <param name="numbers">All numbers that it was to get, refused or not.</param>
    public static string Of(AccountEmployee employee, ImmutableArray<string> numbers)
    {
        string?[] names = [employee.LastName, employee.FirstName, employee.Patronymic, employee.Email];
        var text = string.Join(
            '\n',
            [
                employee.Id.ToString(CultureInfo.InvariantCulture),
                .. names.Select(static name => FieldText.Trimmed(name)?.ToUpperInvariant()),
                string.Join(',', employee.Numbers.Select(static number => number.Number)),
                string.Join(',', numbers),
            ]);
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..DigestLength];
    }

    /// <summary>The refusal that a user's row holds, if it still stands; null when nothing speaks against trying.</summary>
    /// <param name="row">The row; null when there is none.</param>
    /// <param name="employee">The linked employee.</param>
    /// <param name="numbers">The numbers that R5 gives by what Bitrix24 has now.</param>
    public static Problem? StandingRefusal(UserRow? row, AccountEmployee employee, Func<ImmutableArray<string>> numbers) =>
        row?.Reason is { Code: ProblemCode.PhoneRejected, Attempt: { } attempt } reason && attempt == Of(employee, numbers())
            ? reason
            : null;
}
