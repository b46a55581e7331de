using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>Has users' grains do what a run wants, with care for each: what goes wrong with one user's row or grain is that user's affair.</summary>
/// <param name="context">The run.</param>
/// <param name="draft">The users as far as the run knows them.</param>
/// <param name="calls">On whose behalf vendors are called.</param>
internal sealed class UserWork(ImportRunContext context, RosterDraft draft, CallContext calls)
{
    private readonly HashSet<long> _unreadable = [];

    /// <summary>Users whose row may be another than the run knows.</summary>
    public ImmutableSortedSet<long> Doubtful { get; private set; } = [];

    /// <summary>Whether a user could not be finished because a silo or the storage failed.</summary>
    public bool IsInterrupted { get; private set; }

    /// <summary>Whether what is stored of the user cannot be read.</summary>
    public bool IsUnreadable(long userId) => _unreadable.Contains(userId);

    /// <summary>Reads a user's row, because it may be another than is known.</summary>
    public async Task ReadAsync(long userId)
    {
        try
        {
            draft.Read(userId, await context.Users.ReadAsync(context.AccountId, userId));
        }
        catch (UnreadableRowException exception)
        {
            NoteUnreadable(userId, exception);
        }
    }

    /// <summary>Has a decision carried out.</summary>
    public async Task<EmployeeResult> DoAsync(Decision decision, EmployeeInstruction instruction)
    {
        var given = instruction with { Name = decision.Name, UserEmail = decision.Email, Row = draft.FindStored(decision.UserId), IsRowGiven = true };
        return await TryAsync(decision.UserId, given) ?? Unfinished(decision.UserId, decision.Name);
    }

    /// <summary>Has something done about a user on whom nothing is decided yet; its grain reads the row itself.</summary>
    public async Task<EmployeeResult> DoAsync(long userId, EmployeeInstruction instruction)
    {
        var row = draft.FindStored(userId)!;
        return await TryAsync(userId, instruction with { Name = row.Name, UserEmail = row.Email }) ?? Unfinished(userId, row.Name);
    }

    private async Task<EmployeeResult?> TryAsync(long userId, EmployeeInstruction instruction)
    {
        try
        {
            var employee = context.Grains.GetGrain<IEmployeeGrain>(GrainKeys.User(context.AccountId, userId));
            var number = await context.Begin.NowAsync();
            var result = await employee.ApplyAsync(instruction with { Run = number }, calls, context.Changes);
            context.CountCallGear(result.Calls);
            return result;
        }
        catch (UnreadableRowException exception)
        {
            NoteUnreadable(userId, exception);
            return null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            context.LogEmployeeFailed(userId, exception);
            Doubtful = Doubtful.Add(userId);
            IsInterrupted = true;
            return null;
        }
    }

    private EmployeeResult Unfinished(long userId, string name) =>
        IsUnreadable(userId) ? UnfinishedUser.Unreadable(userId, name) : UnfinishedUser.Interrupted(userId, name);

    private void NoteUnreadable(long userId, UnreadableRowException exception)
    {
        context.LogEmployeeFailed(userId, exception);
        Doubtful = Doubtful.Add(userId);
        _unreadable.Add(userId);
    }
}
