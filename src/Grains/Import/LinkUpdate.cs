using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Import;

/// <summary>R4.2, R5.1, R5.4, R4.5: what to send for an employee, computed from a read immediately before.</summary>
/// <param name="Update">The update; null when it would change nothing.</param>
/// <param name="Fields">What it changes.</param>
/// <param name="NumbersAdded">How many numbers it adds.</param>
internal sealed record LinkUpdate(EmployeeUpdate? Update, ImmutableArray<FieldChange> Fields, int NumbersAdded)
{
    /// <summary>For an employee that is linked to a user.</summary>
    /// <param name="employee">The employee, freshly read.</param>
    /// <param name="userLastName">The user's last name, for an employee without one (R4.4).</param>
    /// <param name="numbers">What to add if the employee has no number at all.</param>
    public static LinkUpdate ForLink(AccountEmployee employee, string userLastName, ImmutableArray<string> numbers) =>
        For(employee, LastNameMark.ForExisting(employee.LastName, userLastName), numbers);

    /// <summary>
    /// R5.6: for a matched employee, whose name is left as it is, unless it has none: CallGear takes no update without one, so that it gets
    /// the name of R4.4.
    /// </summary>
    /// <param name="employee">The employee.</param>
    /// <param name="userName">The user's last name, or what it is called where it has none.</param>
    /// <param name="numbers">What to add if the employee has no number at all; without them nothing is sent.</param>
    public static LinkUpdate ForNumbers(AccountEmployee employee, string userName, ImmutableArray<string> numbers) =>
        numbers.IsEmpty || !employee.Numbers.IsEmpty
            ? new LinkUpdate(null, [], 0)
            : For(
                employee,
                FieldText.Trimmed(employee.LastName) is null ? LastNameMark.Apply(userName) : employee.LastName!,
                numbers);

    /// <summary>The fields of an employee that is created (R3.3).</summary>
    public static ImmutableArray<FieldChange> FieldsOf(NewEmployee employee)
    {
        var fields = new[]
        {
            new FieldChange("firstName", null, employee.FirstName),
            new FieldChange("lastName", null, employee.LastName),
            new FieldChange("patronymic", null, employee.Patronymic),
            new FieldChange("email", null, employee.Email),
            new FieldChange("phoneNumbers", null, employee.Numbers.IsEmpty ? null : string.Join(", ", employee.Numbers)),
        };
        return [.. fields.Where(field => field.To is not null)];
    }

    private static LinkUpdate For(AccountEmployee employee, string lastName, ImmutableArray<string> numbers)
    {
        var fields = ImmutableArray.CreateBuilder<FieldChange>();
        if (!string.Equals(employee.LastName, lastName, StringComparison.Ordinal))
        {
            fields.Add(new FieldChange("lastName", string.IsNullOrEmpty(employee.LastName) ? null : employee.LastName, lastName));
        }

        var added = employee.Numbers.IsEmpty ? numbers : [];
        if (!added.IsEmpty)
        {
            fields.Add(new FieldChange("phoneNumbers", null, string.Join(", ", added)));
        }

        return fields.Count == 0
            ? new LinkUpdate(null, [], 0)
            : new LinkUpdate(
                new EmployeeUpdate(employee.Id, lastName, [.. employee.Numbers, .. added.Select(number => new EmployeeNumber(number))]),
                fields.ToImmutable(),
                added.Length);
    }
}
