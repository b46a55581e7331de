using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>Adds up what a run does: the roster as it will be, the counts and the changes.</summary>
internal sealed class RunTally(ImmutableSortedDictionary<long, UserRow> roster, RunProgress progress)
{
    private readonly ImmutableSortedDictionary<long, UserRow>.Builder _roster = roster.ToBuilder();
    private readonly HashSet<long> _touched = [];

    /// <summary>The counts so far, which whoever looks at the run sees too.</summary>
    public RunCounts Counts
    {
        get;
        private set
        {
            field = value;
            progress.Count(value);
        }
    } = new();

    /// <summary>Whether something was done only in part (R5.5).</summary>
    public bool HasPartialOutcome { get; private set; }

    /// <summary>R3.7: the former holder by the new one.</summary>
    public ImmutableDictionary<long, long> TakenOver { get; private set; } = ImmutableDictionary<long, long>.Empty;

    /// <summary>The roster so far; the same instance as at the start when nothing changed.</summary>
    public ImmutableSortedDictionary<long, UserRow> Roster => _roster.ToImmutable() is var now && now.SequenceEqual(roster) ? roster : now;

    /// <summary>Whether the run gave the user its employee.</summary>
    public bool HasTouched(long userId) => _touched.Contains(userId);

    /// <summary>Mirrors what a user's grain knows, before the run decides.</summary>
    public void Mirror(long userId, EmployeeLink? link)
    {
        if (_roster.TryGetValue(userId, out var entry))
        {
            // A link that ended since belongs to a user that is deleted (R3.7), or that the run decides on anyhow (R3.6).
            Set(entry with { Link = link, Outcome = link is null && entry.Link is not null ? EmployeeOutcome.Deleted : entry.Outcome });
        }
        else if (link is not null)
        {
            Set(new UserRow { UserId = userId, Name = link.Email, Email = link.Email, Outcome = EmployeeOutcome.Matched, Link = link });
        }
    }

    /// <summary>
    /// R3.7: records the takeovers that an interrupted run finished in the users' grains without telling the responsible employees: what is excluded by hand goes with
    /// the employee.
    /// </summary>
    /// <param name="mirrored">The users whose grains were asked.</param>
    public void RecordTakeOversAmong(IReadOnlyCollection<long> mirrored)
    {
        var heirs = mirrored.Where(userId => LinkOf(userId) is not null).ToLookup(userId => LinkOf(userId)!.EmployeeId);
        foreach (var userId in mirrored)
        {
            var heir = LinkOf(userId) is null && roster.GetValueOrDefault(userId)?.Link is { } former ? heirs[former.EmployeeId].FirstOrDefault() : 0;
            if (heir != 0)
            {
                RecordTakeOver(heir, userId);
            }
        }
    }

    /// <summary>Records what came of a decision.</summary>
    public void Record(Decision decision, EmployeeResult result)
    {
        switch (decision)
        {
            case Skip skip:
                Skipped(skip, skip.Reason, employeeId: null, skip.EndsStaleLink ? null : LinkOf(skip.UserId));
                break;
            case HoldRecreation hold:
                Skipped(hold, Instructions.ReasonOf(hold), hold.EmployeeId, LinkOf(hold.UserId));
                break;
            case HoldRemoval hold:
                Change(hold, ChangeOutcome.Skipped, Instructions.ReasonOf(hold), hold.EmployeeId, []);
                break;
            case Remove remove:
                Set(_roster[remove.UserId] with { Outcome = EmployeeOutcome.Deleted, Reason = null });
                Change(remove, ChangeOutcome.RemovedFromResponsible, null, remove.EmployeeId, []);
                break;
            case Forget forget:
                _roster.Remove(forget.UserId);
                break;
            default:
                RecordImport(decision, result);
                break;
        }
    }

    /// <summary>R3.7: the deleted user's link ended.</summary>
    public void RecordTakeOver(long newUserId, long formerUserId)
    {
        TakenOver = TakenOver.SetItem(newUserId, formerUserId);
        Set(_roster[formerUserId] with { Outcome = EmployeeOutcome.Deleted, Reason = null, Link = null });
    }

    /// <summary>Adds what the reconciliation of the responsible employees did.</summary>
    public void RecordResponsible(ResponsibleResult result) => Counts = Counts with
    {
        AddedToResponsible = result.Added.Length,
        RemovedFromResponsible = result.Removed.Length,
    };

    private void RecordImport(Decision decision, EmployeeResult result)
    {
        var link = result.Link ?? LinkOf(decision.UserId);
        HasPartialOutcome |= result.Reason is not null && result.Outcome != ChangeOutcome.Failed;
        Counts = Counts with { Users = Counts.Users + 1, PhonesAdded = Counts.PhonesAdded + result.NumbersAdded };
        switch (result.Outcome)
        {
            case ChangeOutcome.Created:
                Counts = Counts with { Created = Counts.Created + 1 };
                Imported(EmployeeOutcome.Created);
                break;
            case ChangeOutcome.Linked:
                Counts = Counts with { Linked = Counts.Linked + 1 };
                Imported(EmployeeOutcome.Linked);
                break;
            case ChangeOutcome.Failed:
                Counts = Counts with { Failed = Counts.Failed + 1 };
                Set(Entry(decision, EmployeeOutcome.Failed, result.Reason, link));
                Change(decision, ChangeOutcome.Failed, result.Reason, link?.EmployeeId, []);
                break;
            case ChangeOutcome.PhoneAdded:
                Set(Entry(decision, EmployeeOutcome.Matched, null, link));
                Change(decision, ChangeOutcome.PhoneAdded, result.Reason, link?.EmployeeId, result.Fields);
                break;
            default:
                Counts = Counts with { Matched = Counts.Matched + 1 };
                Set(Entry(decision, EmployeeOutcome.Matched, null, link));
                break;
        }

        if (decision is Match { IsReturn: true } or Fill { IsReturn: true })
        {
            Change(decision, ChangeOutcome.Returned, null, link?.EmployeeId, []);
        }

        void Imported(EmployeeOutcome outcome)
        {
            _touched.Add(decision.UserId);
            Set(Entry(decision, outcome, result.Reason, link));
            Change(decision, result.Outcome!.Value, result.Reason, result.Link?.EmployeeId, result.Fields);
        }
    }

    private void Skipped(Decision decision, Problem reason, long? employeeId, EmployeeLink? link)
    {
        Counts = Counts with { Users = Counts.Users + 1, Skipped = Counts.Skipped + 1 };
        Set(Entry(decision, EmployeeOutcome.Skipped, reason, link));
        Change(decision, ChangeOutcome.Skipped, reason, employeeId, []);
    }

    private void Change(Decision decision, ChangeOutcome outcome, Problem? reason, long? employeeId, ImmutableArray<FieldChange> fields) =>
        progress.Add(new RunChange
        {
            BitrixUserId = decision.UserId,
            Name = decision.Name,
            Outcome = outcome,
            Reason = reason,
            CallGearEmployeeId = employeeId,
            Fields = fields,
        });

    private void Set(UserRow entry) => _roster[entry.UserId] = entry;

    private EmployeeLink? LinkOf(long userId) => _roster.GetValueOrDefault(userId)?.Link;

    private static UserRow Entry(Decision decision, EmployeeOutcome outcome, Problem? reason, EmployeeLink? link) => new()
    {
        UserId = decision.UserId,
        Name = decision.Name,
        Email = decision.Email,
        Outcome = outcome,
        Reason = reason,
        Link = link,
    };
}
