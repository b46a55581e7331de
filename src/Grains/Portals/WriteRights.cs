using OrleansSync.Grains.Employees;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// R8.5: what a run learns of the key's rights, which CallGear grants apart for creating and for changing employees. While one of the two
/// is granted, the other's lack concerns the users that need it; where nothing can be written at all, it is the account's.
/// </summary>
internal sealed class WriteRights
{
    /// <summary>After so many refusals without a success no more users are tried: the rights do not depend on the user.</summary>
    public const int EnoughRefusals = 3;

    private readonly Right _create = new();
    private readonly Right _change = new();

    /// <summary>The result for a user that need not be tried any more; null when it is to be tried.</summary>
    public EmployeeResult? RefusedBeforehand(Decision decision) =>
        RightFor(decision) is { HasWritten: false, Refusals: >= EnoughRefusals, Last: { } refusal }
            ? new EmployeeResult
            {
                Outcome = ChangeOutcome.Failed,
                Reason = MissingRight.Of(decision, refusal),
                WriteRefusal = refusal,
            }
            : null;

    /// <summary>Takes note of what came of one user.</summary>
    public void Note(Decision decision, EmployeeResult result)
    {
        if (RightFor(decision) is not { } right)
        {
            return;
        }

        if (result.WriteRefusal is { } refusal)
        {
            (right.Refusals, right.Last) = (right.Refusals + 1, refusal);
        }

        right.HasWritten |= result.Outcome == ChangeOutcome.Created || !result.Fields.IsEmpty;
    }

    /// <summary>
    /// That nothing can be written; null when something was, or when one right was not asked for in an account in which something was
    /// written before.
    /// </summary>
    /// <param name="hasImported">Whether somebody was imported before the run.</param>
    public CallFailure? OfAccount(bool hasImported)
    {
        var isNothingWritten = !_create.HasWritten && !_change.HasWritten;
        var areBothRefused = _create.Last is not null && _change.Last is not null;
        return isNothingWritten && (areBothRefused || !hasImported) ? _create.Last ?? _change.Last : null;
    }

    // Who is linked and needs no change is never refused.
    private Right? RightFor(Decision decision) => decision switch
    {
        CreateEmployee => _create,
        LinkEmployee link when LinkUpdate.ForLink(link.Employee, link.UserLastName, link.Numbers).Update is null => null,
        LinkEmployee or FillNumbers => _change,
        _ => null,
    };

    private sealed class Right
    {
        public int Refusals { get; set; }

        public CallFailure? Last { get; set; }

        public bool HasWritten { get; set; }
    }
}
