using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <summary>Adds up what a run does: the users as they will be, the counts and the changes.</summary>
internal sealed class RunTally(ImportRunContext context)
{
    private readonly HashSet<long> _touched = [];
    private readonly HashSet<long> _decided = [];
    private readonly SortedDictionary<long, RunChange> _standing = [];

    /// <summary>The users as they are stored, and as the run wants them.</summary>
    public RosterDraft Draft { get; } = new(context.Roster);

    /// <summary>The counts so far, which whoever looks at the run sees too.</summary>
    public RunCounts Counts
    {
        get;
        private set
        {
            field = value;
            context.Progress.Count(value);
        }
    } = new();

    /// <summary>Whether something was done only in part (R5.5).</summary>
    public bool HasPartialOutcome { get; private set; }

    /// <summary>R3.7: the former holder by the new one.</summary>
    public ImmutableDictionary<long, long> TakenOver { get; private set; } = ImmutableDictionary<long, long>.Empty;

    /// <summary>R8.12: the employees on the list before all links ended; null when they did not.</summary>
    public ImmutableHashSet<long>? FormerlyListed { get; private set; }

    public IReadOnlySet<long> Decided => _decided;

    /// <summary>The changes that stand until a later run ends them, of those whom the run decided on.</summary>
    public IReadOnlyDictionary<long, RunChange> Standing => _standing;

    /// <summary>Whether the run gave the user its employee.</summary>
    public bool HasTouched(long userId) => _touched.Contains(userId);

    /// <summary>
    /// Takes over what a user's grain found out about an earlier create. Once the outcome is known there is nothing left to find out,
    /// whatever the run decides.
    /// </summary>
    public void Settled(long userId, EmployeeResult result)
    {
        if (result.Row is { } stored)
        {
            Draft.Read(userId, stored);
        }

        if (result is { Row: { Intent: not null } row, IsUnsettled: false, OpenUntil: null })
        {
            Draft.Want(row with { Intent = null });
        }
    }

    public void Record(Decision decision, EmployeeResult result)
    {
        _decided.Add(decision.UserId);
        if (result.Row is { } stored)
        {
            Draft.Read(stored.UserId, stored);
        }

        switch (decision)
        {
            case Skip skip:
                Skipped(skip, skip.Reason, employeeId: null, endsLink: skip.EndsStaleLink);
                break;
            case HoldRecreation hold:
                Skipped(hold, HeldReasons.Of(hold), hold.EmployeeId, endsLink: false);
                break;
            case HoldRemoval hold:
                HeldBack(hold);
                break;
            case HoldLink hold:
                Stand(hold, HeldReasons.Of(hold), hold.EmployeeId);
                break;
            case Remove remove:
                Want(Draft.Find(remove.UserId)! with { Outcome = EmployeeOutcome.Deleted, Reason = null });
                Done(remove, ChangeOutcome.RemovedFromResponsible, null, remove.EmployeeId);
                break;
            case Forget forget:
                Draft.Erase(forget.UserId);
                break;
            default:
                RecordImport(decision, result);
                break;
        }
    }

    /// <summary>
    /// R3.7: the deleted user's link ends, once the new one is stored: in between both users have one, and a run that dies there is
    /// followed by one that sees it.
    /// </summary>
    public void RecordTakeOver(long newUserId, long formerUserId)
    {
        _decided.Add(formerUserId);
        TakenOver = TakenOver.SetItem(newUserId, formerUserId);
        var former = Draft.Find(formerUserId)!;
        Want(former with { Outcome = EmployeeOutcome.Deleted, Reason = null, Link = null, IsListed = false });
        var note = FormattableString.Invariant($"The link ended: user {newUserId} has the employee's e-mail address and took it over.");
        Draft.Note(formerUserId, Entry(ChangeOutcome.RemovedFromResponsible, null, former.Link?.EmployeeId) with { Note = note });
    }

    /// <summary>R8.12: the links of the former portal end.</summary>
    /// <param name="linked">Its users that have a link.</param>
    /// <param name="heirs">The user who will be linked by address, by employee.</param>
    /// <param name="excluded">R7.2: who is taken out by hand.</param>
    public void EndLinks(IEnumerable<UserRow> linked, ImmutableDictionary<long, long> heirs, ImmutableSortedSet<long> excluded)
    {
        FormerlyListed = [];
        foreach (var row in linked.ToArray())
        {
            var employeeId = row.Link!.EmployeeId;
            FormerlyListed = row.IsListed && !excluded.Contains(row.UserId) ? FormerlyListed.Add(employeeId) : FormerlyListed;
            Want(PortalProof.Ended(row));
            var fate = heirs.TryGetValue(employeeId, out var heir)
                ? FormattableString.Invariant($"user {heir} has its e-mail address there")
                : "nobody has its e-mail address there";
            Draft.Note(row.UserId, Entry(ChangeOutcome.RemovedFromResponsible, null, employeeId) with
            {
                Note = $"The link ended: the account was connected to another portal, and {fate}.",
            });
            if (row.IsImported && !heirs.ContainsKey(employeeId))
            {
                Draft.Report(Show(
                    new Remove(row.UserId, row.Name, row.Email, employeeId), ChangeOutcome.RemovedFromResponsible, null, employeeId, []));
            }
        }
    }

    /// <summary>R7.1: the users that are on the list after the run are these.</summary>
    /// <param name="listed">Who is to be on it.</param>
    /// <param name="among">Whom the run may put on it or take off it; null for everybody.</param>
    public void List(IReadOnlySet<long> listed, IReadOnlySet<long>? among)
    {
        foreach (var row in Draft.Wanted.Values)
        {
            var isListed = listed.Contains(row.UserId);
            if (row.IsListed != isListed && among?.Contains(row.UserId) != false)
            {
                Want(row with { IsListed = isListed });
            }
        }
    }

    /// <summary>Adds what the run does to the list of the responsible employees.</summary>
    public void CountResponsible(int added, int removed) =>
        Counts = Counts with { AddedToResponsible = added, RemovedFromResponsible = removed };

    private void RecordImport(Decision decision, EmployeeResult result)
    {
        HasPartialOutcome |= result.Reason is not null && result.Outcome != ChangeOutcome.Failed;
        Counts = Counts with { Users = Counts.Users + 1, PhonesAdded = Counts.PhonesAdded + result.NumbersAdded };
        switch (result.Outcome)
        {
            case ChangeOutcome.Created:
                Counts = Counts with { Created = Counts.Created + 1 };
                Imported(decision, EmployeeOutcome.Created, result);
                break;
            case ChangeOutcome.Linked:
                Counts = Counts with { Linked = Counts.Linked + 1 };
                Imported(decision, EmployeeOutcome.Linked, result);
                break;
            case ChangeOutcome.Failed:
                Counts = Counts with { Failed = Counts.Failed + 1 };
                Failed(decision, result);
                break;
            case ChangeOutcome.PhoneAdded:
                Show(decision, ChangeOutcome.PhoneAdded, result.Reason, LinkOf(decision.UserId)?.EmployeeId, result.Fields);
                Want(RowOf(decision, EmployeeOutcome.Matched, result.Reason));
                break;
            default:
                Counts = Counts with { Matched = Counts.Matched + 1 };
                Matched(decision);
                break;
        }

        if (decision is Match { IsReturn: true } or FillNumbers { IsReturn: true })
        {
            Done(decision, ChangeOutcome.Returned, null, LinkOf(decision.UserId)?.EmployeeId);
        }
    }

    // A run over everybody says by its number that who was created or linked before is matched now; nobody's row has to be written for it,
    // unless a refusal goes on to stand (R5.5a).
    private void Matched(Decision decision)
    {
        var reason = (decision as Match)?.Reason;
        var isSaidAnyhow = reason is null && context.Request.OnlyUser is null
            && Draft.Find(decision.UserId) is { Outcome: EmployeeOutcome.Created or EmployeeOutcome.Linked } known
            && (known.Name, known.Email) == NameAndEmailOf(decision);
        if (!isSaidAnyhow)
        {
            Want(RowOf(decision, EmployeeOutcome.Matched, reason));
        }
    }

    private void Imported(Decision decision, EmployeeOutcome outcome, EmployeeResult result)
    {
        _touched.Add(decision.UserId);
        Want(RowOf(decision, outcome, result.Reason));
        Show(decision, result.Outcome!.Value, result.Reason, LinkOf(decision.UserId)?.EmployeeId, result.Fields);
    }

    // What the user's grain has not stored itself, because it could not be asked or had nothing to store, is the portal's to store.
    private void Failed(Decision decision, EmployeeResult result)
    {
        var before = Draft.Find(decision.UserId);
        var change = Show(decision, ChangeOutcome.Failed, result.Reason, LinkOf(decision.UserId)?.EmployeeId, []);
        if (result.Row is null)
        {
            Draft.Report(change);
            if (!Repeats(before, EmployeeOutcome.Failed, result.Reason))
            {
                Draft.Note(decision.UserId, Entry(ChangeOutcome.Failed, result.Reason, change.CallGearEmployeeId));
            }
        }

        Want(RowOf(decision, EmployeeOutcome.Failed, result.Reason));
    }

    private void Skipped(Decision decision, Problem reason, long? employeeId, bool endsLink)
    {
        Counts = Counts with { Users = Counts.Users + 1, Skipped = Counts.Skipped + 1 };
        var before = Draft.Find(decision.UserId);
        if (endsLink || !Repeats(before, EmployeeOutcome.Skipped, reason))
        {
            Draft.Note(decision.UserId, Entry(ChangeOutcome.Skipped, reason, before?.Link?.EmployeeId));
        }

        var row = RowOf(decision, EmployeeOutcome.Skipped, reason);
        Want(endsLink ? row with { Link = null, IsListed = false } : row);
        Stand(decision, reason, employeeId);
    }

    private void HeldBack(HoldRemoval hold)
    {
        var reason = HeldReasons.Of(hold);
        if (!context.Awaiting.Removals.Contains(hold.UserId))
        {
            Draft.Note(hold.UserId, Entry(ChangeOutcome.Skipped, reason, hold.EmployeeId));
        }

        Stand(hold, reason, hold.EmployeeId);
    }

    private void Stand(Decision decision, Problem reason, long? employeeId) =>
        _standing[decision.UserId] = Show(decision, ChangeOutcome.Skipped, reason, employeeId, []);

    private void Done(Decision decision, ChangeOutcome outcome, Problem? reason, long? employeeId)
    {
        Draft.Report(Show(decision, outcome, reason, employeeId, []));
        Draft.Note(decision.UserId, Entry(outcome, reason, employeeId));
    }

    private RunChange Show(Decision decision, ChangeOutcome outcome, Problem? reason, long? employeeId, ImmutableArray<FieldChange> fields)
    {
        var change = new RunChange
        {
            BitrixUserId = decision.UserId,
            Name = StoredText.Clean(decision.Name),
            Outcome = outcome,
            Reason = reason,
            CallGearEmployeeId = employeeId,
            Fields = fields,
        };
        context.Progress.Add(change);
        return change;
    }

    private HistoryEntry Entry(ChangeOutcome outcome, Problem? reason, long? employeeId) => new()
    {
        At = context.Time.GetUtcNow(),
        RunId = context.Request.RunId,
        Outcome = outcome,
        Reason = reason,
        CallGearEmployeeId = employeeId,
    };

    private UserRow RowOf(Decision decision, EmployeeOutcome outcome, Problem? reason)
    {
        var (name, email) = NameAndEmailOf(decision);
        return Draft.Find(decision.UserId) is { } known
            ? known with { Name = name, Email = email, Outcome = outcome, Reason = reason }
            : new UserRow { UserId = decision.UserId, Name = name, Email = email, Outcome = outcome, Reason = reason };
    }

    private static (string Name, string? Email) NameAndEmailOf(Decision decision) =>
        (StoredText.Clean(decision.Name), decision.Email is { } given ? StoredText.Clean(given) : null);

    private void Want(UserRow row) => Draft.Want(row);

    private EmployeeLink? LinkOf(long userId) => Draft.Find(userId)?.Link;

    private static bool Repeats(UserRow? before, EmployeeOutcome outcome, Problem? reason) =>
        before?.Outcome == outcome && before.Reason == reason;
}
