using System.Collections.Immutable;
using OrleansSync.Grains.Employees;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// Announces the creates of a run (R3.8) before their users' grains are asked for them, many in one write: of users who have no row yet,
/// whose create needs no look-up. All others are announced by their grains.
/// </summary>
/// <param name="context">The run.</param>
/// <param name="draft">The users as they are stored; rows that are announced are added to it.</param>
/// <param name="work">What the run has to do, in its order.</param>
internal sealed class CreateAnnouncements(ImportRunContext context, RosterDraft draft, IReadOnlyList<Decision> work)
{
    // What was announced and not sent when a process ends costs the next run a request each, and its time.
    private const int Least = 8;
    private const int Most = 64;

    private readonly Dictionary<long, DateTimeOffset> _unsent = [];
    private readonly HashSet<long> _ahead = [.. work.Select(decision => decision.UserId)];
    private Task _writing = Task.CompletedTask;
    private DateTimeOffset _announcedAt = context.Time.GetUtcNow();
    private int _size = Least;
    private int _next;

    /// <summary>Users whose row may be another than is known, because storing it failed.</summary>
    public ImmutableSortedSet<long> Doubtful { get; private set; } = [];

    /// <summary>The instruction with what its grain needs to know of the announcement; as it is where there is none.</summary>
    /// <exception cref="StorageUnavailableException">Whether rows were written is not known.</exception>
    public async Task<EmployeeInstruction> AnnouncedAsync(EmployeeInstruction instruction)
    {
        if (instruction is not CreateEmployee create)
        {
            return instruction;
        }

        // Work is handed out in its order, so that whoever comes next is among the next that are announced.
        while (IsFit(create) && _ahead.Contains(create.UserId))
        {
            await (_writing.IsCompleted ? _writing = AnnounceNextAsync() : _writing);
        }

        return _unsent.Remove(create.UserId, out var sendBefore) ? create with { SendBefore = sendBefore } : create;
    }

    /// <summary>
    /// Takes back what was announced for users whom the run did not come to, so that the next one need not look for their employees.
    /// </summary>
    public void Withdraw()
    {
        foreach (var userId in _unsent.Keys)
        {
            if (draft.Find(userId) is { Outcome: not null } decided)
            {
                draft.Want(decided with { Intent = null });
            }
            else
            {
                draft.Erase(userId);
            }
        }

        _unsent.Clear();
    }

    private bool IsFit(Decision decision) =>
        decision is CreateEmployee { LookUpFirst: false, StaleEmployeeId: null } && draft.FindStored(decision.UserId) is null;

    private async Task AnnounceNextAsync()
    {
        var number = await context.Begin.NowAsync();
        var now = context.Time.GetUtcNow();
        Resize(now);
        var rows = new List<UserRow>(_size);
        var begin = _next;
        for (; _next < work.Count && rows.Count < _size; _next++)
        {
            if (IsFit(work[_next]))
            {
                rows.Add(RowOf((CreateEmployee)work[_next], number, now));
            }
        }

        try
        {
            var areStored = rows.Count > 0 && await StoreAsync(rows);
            foreach (var row in areStored ? rows : [])
            {
                draft.Read(row.UserId, row);
                _unsent.Add(row.UserId, now + ChangeWindow.SendWithin);
            }
        }
        finally
        {
            _ahead.ExceptWith(work.Skip(begin).Take(_next - begin).Select(decision => decision.UserId));
        }
    }

    // So many that all of them are sent long before they may not be any more.
    private void Resize(DateTimeOffset now)
    {
        var took = now - _announcedAt;
        _announcedAt = now;
        _size = took < ChangeWindow.SendWithin / 4 ? Math.Min(2 * _size, Most)
            : took > ChangeWindow.SendWithin / 2 ? Math.Max(_size / 2, Least)
            : _size;
    }

    private async Task<bool> StoreAsync(List<UserRow> rows)
    {
        try
        {
            return await context.Users.AnnounceAsync(context.AccountId, rows);
        }
        catch (Exception)
        {
            Doubtful = Doubtful.Union(rows.Select(row => row.UserId));
            throw;
        }
    }

    private static UserRow RowOf(CreateEmployee create, long run, DateTimeOffset now) => new()
    {
        UserId = create.UserId,
        Version = UserRow.NewVersion(),
        Name = StoredText.Clean(create.Name),
        Email = create.Email is { } email ? StoredText.Clean(email) : null,
        Intent = new CreateIntent(create.Employee.Email, create.Employee.LastName, now, now + ChangeWindow.OpenAfterAnnouncement),
        Run = run,
    };
}
