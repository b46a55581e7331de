using System.Collections.Immutable;
using CsCheck;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>Worlds drawn from pools so small that users, employees and addresses collide all the time.</summary>
internal static class ImportGen
{
    public const int Users = 8;
    public const int Employees = 7;

    public static readonly Gen<string> Digits = Gen.OneOf("1", "22", "333");

    public static readonly Gen<string?> LastName = Gen.OneOf<string?>(
        null, " ", "Lee", "Lee", "Berg ", "(bitrix24) Lee", " (BITRIX24)Lee", "(bitrix24)", "(bıtrix24) Lee");

    private static readonly Gen<string?> _email = Gen.OneOf<string?>(
        null, "  ", "a@x.test", "A@X.test", " a@x.test ", "b@x.test", "B@x.TEST", "c@x.test", "ı@x.test", "I@x.test",
        "d@x.test", "e@x.test");

    private static readonly Gen<string?> _phone = Gen.OneOf<string?>(null, null, " ", "none", "+1 (2)", "12", "٣", "4");

    private static readonly Gen<EmployeeNumber> _number = Gen.Select(Digits, Gen.Long[1, 9], Gen.OneOf("active", "inactive"))
        .Select((digits, phoneId, status) => new EmployeeNumber(digits, phoneId, 1, 60, status));

    private static readonly Gen<AwaitingApproval> _approval =
        Gen.Select(UserIds, UserIds).Select((removals, recreations) => new AwaitingApproval(removals, recreations));

    public static readonly Gen<AccountSettings> Settings = Gen.Select(Gen.Bool, Gen.Bool, Gen.OneOf(0, 30, 50, 100))
        .Select((all, fill, percent) => new AccountSettings
        {
            PhoneNumbers = all ? PhoneNumberChoice.All : PhoneNumberChoice.First,
            FillMissingPhones = fill,
            MaxDeletionsPercent = percent,
        });

    /// <summary>
    /// Everything a run can meet, states included that only a crash in the middle of a run leaves: two users with one employee.
    /// </summary>
    public static readonly Gen<ImportInput> Input = Gen.Select(
            PortalUsers, AccountEmployees, Roster, Settings, Gen.Enum<Bitrix24Edition>(), _approval, _approval, Gen.Int[0, 3 * Users])
        .Select((users, employees, roster, settings, edition, awaiting, approved, only) => new ImportInput
        {
            Users = only is > 0 and <= Users ? [.. users.Where(user => user.Id == only)] : users,
            Employees = employees,
            Roster = roster,
            Settings = settings,
            Edition = edition,
            Awaiting = awaiting,
            Approved = only is > 0 and <= Users ? AwaitingApproval.None : approved,
            OnlyUser = only is > 0 and <= Users ? only : null,
        });

    public static Gen<ImmutableArray<PortalUser>> PortalUsers => Some(Users, User);

    public static Gen<ImmutableArray<AccountEmployee>> AccountEmployees => Some(Employees, Employee);

    private static Gen<ImmutableSortedDictionary<long, UserRow>> Roster =>
        Some(Users, Entry).Select(entries => entries.ToImmutableSortedDictionary(entry => entry.UserId, entry => entry));

    private static Gen<ImmutableSortedSet<long>> UserIds => Gen.Frequency(
        (2, Gen.Const(ImmutableSortedSet<long>.Empty)),
        (1, Gen.Long[1, Users].Array[1, 4].Select(ids => ids.ToImmutableSortedSet())));

    /// <summary>An input in full, for the message of a property that does not hold.</summary>
    public static string Print(ImportInput input) => string.Join('\n', [
        $"edition {input.Edition}, only user {input.OnlyUser}, {input.Settings}",
        $"awaiting {string.Join(',', input.Awaiting.Removals)} / {string.Join(',', input.Awaiting.Recreations)}",
        $"approved {string.Join(',', input.Approved.Removals)} / {string.Join(',', input.Approved.Recreations)}",
        .. input.Users.Select(user => $"{user}"), .. input.Employees.Select(employee => $"{employee}"),
        .. input.Roster.Values.Select(entry => $"{entry}")]);

    public static Gen<AccountEmployee> Employee(long id) => Gen.Select(LastName, _email, _number.Array[0, 2])
        .Select((lastName, email, numbers) => new AccountEmployee { Id = id, LastName = lastName, Email = email, Numbers = [.. numbers] });

    private static Gen<PortalUser> User(long id) => Gen.Select(
            LastName, _email, _phone, _phone, Gen.Double.Unit,
            Gen.OneOf<string?>(null, "", "employee", "employee", "EMPLOYEE", "extranet"), Gen.Bool)
        .Select((lastName, email, work, mobile, activity, type, hasDepartment) => new PortalUser
        {
            Id = id,
            IsActive = activity < 0.85,
            UserType = type,
            LastName = lastName,
            Email = email,
            WorkPhone = work,
            PersonalMobile = mobile,
            HasDepartment = hasDepartment,
        });

    private static Gen<UserRow> Entry(long id) => Gen.Select(Gen.Enum<EmployeeOutcome>(), Gen.Long[1, Employees + 2], Gen.Double.Unit)
        .Select((outcome, employeeId, linked) => new UserRow
        {
            UserId = id,
            Name = $"Name{id}",
            Outcome = outcome,
            Link = linked < 0.8 ? ImportScenario.LinkTo(employeeId) : null,
        });

    // Some of the ids 1 to n, in any order; nobody at all is common enough to meet the rules on empty lists.
    private static Gen<ImmutableArray<T>> Some<T>(int count, Func<long, Gen<T>> item)
    {
        var items = Enumerable.Range(1, count).Select(id => item(id)).ToArray();
        return Gen.Frequency((1, Gen.Const(Array.Empty<T>())), (9, Gen.ShuffleSelect(items, count / 3, count)))
            .Select(some => some.ToImmutableArray());
    }
}
