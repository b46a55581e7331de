using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Portals;

/// <summary>Reads what a run decides on, and finds out whether it can be relied on (R8.4, R8.6, R8.6a).</summary>
internal sealed class ListReading
{
    private readonly ImportRunContext _context;
    private readonly CallContext _calls;
    private readonly IBitrix24ConnectionGrain _bitrix24;
    private readonly ICallGearConnectionGrain _callGear;
    private CallOutcome<ImmutableArray<PortalUser>>? _listed;

    public ListReading(ImportRunContext context, CallContext calls)
    {
        _context = context;
        _calls = calls;
        var key = GrainKeys.Account(context.AccountId);
        _bitrix24 = context.Grains.GetGrain<IBitrix24ConnectionGrain>(key);
        _callGear = context.Grains.GetGrain<ICallGearConnectionGrain>(key);
    }

    /// <summary>The lists that were read to their ends.</summary>
    public ListsRead Read { get; private set; }

    /// <summary>What renewals of the account's tokens told of its portal; null for nothing.</summary>
    public RenewedPortal? Renewed { get; private set; }

    /// <summary>Reads both systems.</summary>
    /// <param name="roster">The users known from earlier runs.</param>
    public async Task<CallOutcome<ImportInput>> ReadAsync(ImmutableSortedDictionary<long, UserRow> roster)
    {
        var only = _context.Request.OnlyUser;
        var users = only is { } userId ? LookUpAsync(userId) : ListUsersAsync();
        var employees = _callGear.ListEmployeesAsync(_calls, _context.CancellationToken);
        await Task.WhenAll(users, employees);

        var (userList, employeeList) = (await users, await employees);
        _context.CountCallGear(employeeList.Calls);
        Renewed = await FindRenewedAsync();
        Read = (userList.Failure is null ? ListsRead.Bitrix24 : ListsRead.None)
            | (employeeList.Failure is null ? ListsRead.CallGear : ListsRead.None);
        if (only is not null && userList is { Failure: null, Value: [var user] } && IsListDoubtful(user))
        {
            userList = (await ListUsersAsync()).Select(
                listed => listed.Any(other => other.Id == user.Id) ? userList.Value : ImmutableArray<PortalUser>.Empty);
        }

        if ((userList.Failure ?? employeeList.Failure) is { } failure)
        {
            return failure;
        }

        var proof = _listed is { } all ? all.Value : userList.Value;
        return ImportPlan.LacksEmailScope(proof, roster) ? NoEmailSeen(proof.Length) : new CallOutcome<ImportInput>(
            new ImportInput
            {
                Users = userList.Value,
                Employees = employeeList.Value,
                Roster = roster,
                Edition = _context.Connection.Connection.Bitrix24.Edition,
                Settings = _context.Settings,
                Awaiting = _context.Awaiting,
                Approved = _context.Request.Approved,
                OnlyUser = only,
            },
            Failure: null);
    }

    /// <summary>All users that lists have, read once a run.</summary>
    public async Task<CallOutcome<ImmutableArray<PortalUser>>> ListUsersAsync()
    {
        if (_listed is null)
        {
            _listed = await _bitrix24.ListUsersAsync(_context.Roster.Count, _calls, _context.CancellationToken);
            _context.CountBitrix24(_listed.Calls);
        }

        return _listed;
    }

    /// <summary>R8.4: what is wrong with the list of users, by those whom it lacks; null when nothing is.</summary>
    public async Task<CallFailure?> FindFaultAsync(ImportInput input, ImportPlan plan)
    {
        foreach (var userId in AbsenceCheck.UsersToLookUp(input, plan))
        {
            var user = await LookUpAsync(userId);
            if (user.Failure is not null || AbsenceCheck.ProvesNotWhole(user.Value))
            {
                return user.Failure ?? AbsenceCheck.NotWhole(_context.AccountId, userId);
            }
        }

        return null;
    }

    // Asked after the calls that may have renewed the tokens, also where they failed.
    private async Task<RenewedPortal?> FindRenewedAsync() =>
        _context.Connection.Connection.Bitrix24.IsOAuth ? await _bitrix24.GetPortalAsync(_context.Connection.Generation) : null;

    // R8.8: what a look-up finds may be missing in lists, and a run for one user comes to what a run for all does. Some portals list users
    // without a department, so that only the list can tell.
    private static bool IsListDoubtful(PortalUser user) => Importability.IsEmployee(user) && !Importability.IsAlwaysListed(user);

    private async Task<CallOutcome<ImmutableArray<PortalUser>>> LookUpAsync(long userId)
    {
        var user = await _bitrix24.GetUserAsync(userId, _calls, _context.CancellationToken);
        _context.CountBitrix24(user.Calls);
        return user;
    }

    private CallFailure NoEmailSeen(int users) => CallFailure.Of(
        ProblemCode.Bitrix24Scope,
        $"Bitrix24 answered {users} users of account {_context.AccountId}, none with an e-mail field: the key may not see contact data. "
        + "Give the webhook or application the scope user_basic; nothing was changed.");
}
