using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Import;

/// <summary>What a run has to do, decided without any I/O: the rules R2 to R8 as far as they need none.</summary>
internal sealed class ImportPlan
{
    /// <summary>R8.10: a list beyond this many employees is read in pages without a stable order.</summary>
    public const int LargestStableList = 10_000;

    private readonly ImportInput _input;
    private readonly LinkHolders _holders;
    private readonly EmployeeIndex _employees;

    private ImportPlan(ImportInput input, EmployeeIndex employees, LinkHolders holders, AwaitingApproval held)
    {
        _input = input;
        _employees = employees;
        _holders = holders;
        Held = held;
    }

    /// <summary>One decision a user, by rising id.</summary>
    public ImmutableArray<Decision> Decisions { get; private init; } = [];

    /// <summary>Of the users that the run decides on, those that wait for approval (R8.1, R8.2).</summary>
    public AwaitingApproval Held { get; }

    /// <summary>
    /// R8.6: users come back, but none with an e-mail field, so that nothing may be decided. Of a single user that proves something only if
    /// it was imported with an address before (R8.6a): fields without a value are left out of answers.
    /// </summary>
    public static bool LacksEmailScope(ImmutableArray<PortalUser> users, IReadOnlyDictionary<long, UserRow> roster) => users switch
    {
        [] => false,
        [var user] => !user.HasEmailField && roster.GetValueOrDefault(user.Id) is { Link: not null, Email: not null },
        _ => users.All(user => !user.HasEmailField),
    };

    public static ImportPlan Create(ImportInput input)
    {
        input = input with { Users = [.. input.Users.Select(TypedUser.Of)] };
        var employees = new EmployeeIndex(input.Employees);
        var present = input.Users.Where(Importability.IsEmployee).OrderBy(user => user.Id).ToArray();
        var presentIds = present.Select(user => user.Id).ToHashSet();
        var gone = Gone(input, presentIds);
        var held = Hold(input, employees, presentIds, gone);
        var removed = gone.Except(held.Removals);
        var plan = new ImportPlan(input, employees, new LinkHolders(input, present, presentIds, removed), held);

        var decisions = present.Select(plan.Decide)
            .Concat(gone.Select(plan.DecideGone))
            .Concat(NoLongerKnown(input, presentIds))
            .OrderBy(decision => decision.UserId);
        return new ImportPlan(input, employees, plan._holders, held) { Decisions = [.. decisions] };
    }

    /// <summary>
    /// Decides again on one user, after employees with its e-mail address turned up that the run's list did not have. Its own employee may
    /// be among them: then the link is not stale, and R3.1 applies.
    /// </summary>
    /// <param name="userId">A user that this plan creates or links an employee for.</param>
    /// <param name="found">The employees that turned up.</param>
    /// <exception cref="InvalidOperationException">Bitrix24 has no such user.</exception>
    public Decision DecideAgain(long userId, ImmutableArray<AccountEmployee> found)
    {
        var user = _input.Users.Single(candidate => candidate.Id == userId);
        var employees = new EmployeeIndex([.. _employees.WithEmail(user.Email!.Trim()), .. found]);
        return new ImportPlan(_input, employees, _holders, Held).Decide(user);
    }

    // R6.2: imported before, and now absent, inactive or no longer an employee.
    private static ImmutableSortedSet<long> Gone(ImportInput input, HashSet<long> presentIds) =>
    [
        .. input.Roster.Values
            .Where(entry =>
                entry.IsImported && !presentIds.Contains(entry.UserId) && (input.OnlyUser is null || input.OnlyUser == entry.UserId))
            .Select(entry => entry.UserId),
    ];

    private static AwaitingApproval Hold(
        ImportInput input, EmployeeIndex employees, HashSet<long> presentIds, ImmutableSortedSet<long> gone)
    {
        var imported = input.Roster.Values.Where(entry => entry.IsImported).Select(entry => entry.UserId).ToHashSet();
        var missing = input.Roster.Values
            .Where(entry => entry.Link is { } link
                && employees.Find(link.EmployeeId) is null
                && (entry.IsImported || presentIds.Contains(entry.UserId)))
            .Select(entry => entry.UserId)
            .ToImmutableSortedSet();

        // A run for one user has not looked for the others: who was gone when they were last looked for still is.
        var gonePerRoster = input.OnlyUser is { } only
            ? gone.Union(input.Awaiting.Removals.Remove(only).Where(imported.Contains))
            : gone;
        var isApproved = !input.Approved.IsEmpty;
        var removals = DisappearanceGuard.Hold(
            gonePerRoster,
            imported,
            input.Settings.MaxDeletionsPercent,
            listIsEmpty: input.Users.IsEmpty && input.OnlyUser is null,
            input.Awaiting.Removals,
            isApproved ? input.Approved.Removals : null);
        var recreations = DisappearanceGuard.Hold(
            missing,
            imported,
            input.Settings.MaxDeletionsPercent,
            listIsEmpty: input.Employees.IsEmpty,
            input.Awaiting.Recreations,
            isApproved ? input.Approved.Recreations : null);

        // Only who is there to be re-created waits for it; those that are gone from both systems are removed or held as gone.
        return new AwaitingApproval(removals.Intersect(gone), recreations.Intersect(presentIds));
    }

    private static IEnumerable<Decision> NoLongerKnown(ImportInput input, HashSet<long> presentIds) => input.Roster.Values
        .Where(entry => entry.Link is null && !entry.IsDeleted && !presentIds.Contains(entry.UserId))
        .Where(entry => input.OnlyUser is null || input.OnlyUser == entry.UserId)
        .Select(entry => new Forget(entry.UserId, entry.Name, entry.Email));

    private Decision Decide(PortalUser user)
    {
        var entry = _input.Roster.GetValueOrDefault(user.Id);
        if (entry?.Link is { } link && _employees.Find(link.EmployeeId) is { } employee && _holders.HolderOf(link.EmployeeId) == user.Id)
        {
            return DecideMatched(user, employee, entry);
        }

        return Held.Recreations.Contains(user.Id)
            ? new HoldRecreation(user.Id, PersonName.Of(user), FieldText.Trimmed(user.Email), entry!.Link!.EmployeeId)
            : DecideUnmatched(user, StaleEmployeeOf(user.Id));
    }

    private Decision DecideMatched(PortalUser user, AccountEmployee employee, UserRow entry)
    {
        var refusal = NumberAttempt.StandingRefusal(entry, employee, () => PhoneNumbers.Of(user, _input.Settings.PhoneNumbers));
        var name = PersonName.Of(user);
        var email = FieldText.Trimmed(user.Email);
        if (refusal is null && _input.Settings.FillMissingPhones && employee.Numbers.IsEmpty
            && PhoneNumbers.Of(user, _input.Settings.PhoneNumbers) is { IsEmpty: false } numbers)
        {
            return new FillNumbers(user.Id, name, email, employee.Id, numbers, entry.IsDeleted)
            {
                UserLastName = FieldText.Trimmed(user.LastName),
                EmployeeLastName = employee.LastName,
            };
        }

        return new Match(user.Id, name, email, employee.Id, entry.IsDeleted)
        {
            Reason = refusal,
            TakenOverFrom = _holders.DeletedHolderOf(employee.Id),
        };
    }

    private Decision DecideUnmatched(PortalUser user, long? staleEmployeeId)
    {
        var name = PersonName.Of(user);
        if (Importability.MissingField(user, _input.Edition) is { } missing)
        {
            return Skipped(SkipReasons.MissingField(missing, user));
        }

        var email = user.Email!.Trim();
        var matches = _employees.WithEmail(email);
        if (matches.Length > 1)
        {
            return Skipped(SkipReasons.AmbiguousEmail(user, matches));
        }

        if (_holders.EarlierUserWith(email, user.Id) is { } earlier)
        {
            return Skipped(SkipReasons.EmailTakenByUser(user, earlier));
        }

        var numbers = PhoneNumbers.Of(user, _input.Settings.PhoneNumbers);
        if (matches.IsEmpty)
        {
            return new CreateEmployee(user.Id, name, email, NewEmployeeFor(user, numbers), LooksUpFirst)
            {
                StaleEmployeeId = staleEmployeeId,
            };
        }

        var employee = matches[0];
        return _holders.HolderOf(employee.Id) is { } holder && holder != user.Id
            ? Skipped(SkipReasons.EmployeeTaken(user, employee.Id, holder))
            : new LinkEmployee(user.Id, name, email, employee, user.LastName!.Trim(), numbers)
            {
                TakenOverFrom = _holders.DeletedHolderOf(employee.Id),
                StaleEmployeeId = staleEmployeeId,
            };

        Skip Skipped(Problem reason) => new(user.Id, name, FieldText.Trimmed(user.Email), reason, staleEmployeeId is not null);
    }

    private Decision DecideGone(long userId)
    {
        var entry = _input.Roster[userId];
        return Held.Removals.Contains(userId)
            ? new HoldRemoval(userId, entry.Name, entry.Email, entry.Link!.EmployeeId)
            : new Remove(userId, entry.Name, entry.Email, entry.Link!.EmployeeId);
    }

    // A look-up costs a call for each create, so only where the list may have missed somebody.
    private bool LooksUpFirst => _input.Employees.Length > LargestStableList || !Held.Recreations.IsEmpty;

    private long? StaleEmployeeOf(long userId) => _input.Roster.GetValueOrDefault(userId)?.Link?.EmployeeId;

    private static NewEmployee NewEmployeeFor(PortalUser user, ImmutableArray<string> numbers) => new()
    {
        FirstName = FieldText.Trimmed(user.FirstName),
        LastName = LastNameMark.Apply(user.LastName!),
        Patronymic = FieldText.Trimmed(user.SecondName),
        Email = user.Email!.Trim(),
        Numbers = numbers,
    };
}
