using System.Collections.Immutable;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Portals;

/// <summary>
/// Has users' grains do what a run wants, with care for each: what goes wrong with one user's row or grain is that user's affair.
/// </summary>
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

    /// <summary>Has a user's grain carry out what was decided.</summary>
    public Task<EmployeeResult> DoAsync(EmployeeInstruction instruction, CreateAnnouncements announcements) =>
        ApplyAsync(instruction, announcements);

    /// <summary>Has an earlier create settled of a user on whom nothing is decided yet; its grain reads the row itself.</summary>
    public Task<EmployeeResult> SettleAsync(long userId)
    {
        var row = draft.FindStored(userId)!;
        return ApplyAsync(new SettleEmployee(userId, row.Name, row.Email), announcements: null);
    }

    private async Task<EmployeeResult> ApplyAsync(EmployeeInstruction instruction, CreateAnnouncements? announcements)
    {
        var userId = instruction.UserId;
        try
        {
            var employee = context.Grains.GetGrain<IEmployeeGrain>(GrainKeys.User(context.AccountId, userId));
            var number = await context.Begin.NowAsync();
            if (announcements is not null)
            {
                instruction = await announcements.AnnouncedAsync(instruction);
                instruction = instruction with { Row = draft.FindStored(userId), IsRowGiven = true };
            }

            var result = await employee.ApplyAsync(instruction with { Run = number }, calls, context.Changes);
            context.CountCallGear(result.Calls);
            return result;
        }
        catch (UnreadableRowException exception)
        {
            NoteUnreadable(userId, exception);
            return Unfinished(userId, instruction.Name);
        }
        catch (OperationCanceledException)
        {
            Doubtful = Doubtful.Add(userId);
            throw;
        }
        catch (Exception exception)
        {
            context.LogEmployeeFailed(userId, exception);
            Doubtful = Doubtful.Add(userId);
            IsInterrupted = true;
            return Unfinished(userId, instruction.Name);
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
