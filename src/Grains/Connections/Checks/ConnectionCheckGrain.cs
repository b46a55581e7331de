using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansSync.CallGear;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.CallGear;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Connections.Checks;

/// <summary>Tries connections before they are stored.</summary>
[StatelessWorker]
internal sealed class ConnectionCheckGrain(
    ConnectionEnvironment environment, ILogger<ConnectionCheckGrain> logger) : Grain, IConnectionCheckGrain
{
    private const string CallGearSide = "The connection's CallGear side";

    // A person waits for the answer; a portal that is busier than this is better tried later.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public async Task<ConnectionCheck> CheckAsync(AccountConnection connection, string secretsOwner, CancellationToken cancellationToken)
    {
        var access = await WithKeptKeyAsync(connection.CallGear, secretsOwner);
        var bitrix24 = IsKept(connection.Bitrix24, secretsOwner)
            ? Task.FromResult(NotTried)
            : CheckBitrix24Async(connection.Bitrix24, secretsOwner, cancellationToken);
        var callGear = CheckCallGearAsync(access, connection.Settings.ResponsibleGroupId, secretsOwner, cancellationToken);
        var twins = new TwinSearch(environment, logger);
        var connectedAs = twins.FindAsync(connection.Bitrix24.PortalKey, access, secretsOwner, cancellationToken);
        var (employees, group) = await callGear;
        return new ConnectionCheck(await bitrix24, employees, group, await connectedAs);
    }

    private static bool IsKept(Bitrix24Access access, string owner) =>
        AccountId.IsValid(owner) && (access.IsOAuth ? access.AccessToken : access.WebhookUrl) is null;

    private async Task<CallGearAccess> WithKeptKeyAsync(CallGearAccess access, string owner)
    {
        if (access.AccessToken is not null || !AccountId.IsValid(owner))
        {
            return access;
        }

        var stored = await AccountCredentials.ReadAsync(environment.Accounts, owner);
        return access with { AccessToken = stored?.CallGear.AccessToken };
    }

    private async Task<VendorCheck> CheckBitrix24Async(Bitrix24Access access, string owner, CancellationToken cancellationToken)
    {
        const string Subject = "The connection's Bitrix24 side";
        if (!Bitrix24Opening.TryOpen(environment.Secrets, owner, Subject, access, out var credentials, out var failure))
        {
            return Bad(failure);
        }

        if (!await GrainFactory.GetGrain<IPortalThrottleGrain>(GrainKeys.Throttle(credentials.PortalKey)).AcquireAsync(
            true, _patience, cancellationToken))
        {
            return Bad(Bitrix24Problems.LimitsLast(Subject));
        }

        var result = await environment.Clients.Bitrix24().CountUsersAsync(credentials, cancellationToken);
        return result switch
        {
            { IsSuccess: false } => Bad(Bitrix24Problems.Of(Subject, result.Error)),
            { Value: { Total: > 0, IsEmailVisible: false } } => Bad(CallFailure.Of(
                ProblemCode.Bitrix24Scope,
                $"{Subject}: the key may not see the users' e-mail addresses. Give it the scope user_basic or user.")),
            _ => Good(result.Value.Total),
        };
    }

    private async Task<(VendorCheck Employees, Problem? Group)> CheckCallGearAsync(
        CallGearAccess access, long? groupId, string owner, CancellationToken cancellationToken)
    {
        if (!CallGearOpening.TryOpen(environment.Secrets, owner, CallGearSide, access, out var credentials, out var failure))
        {
            return (Bad(failure), null);
        }

        var result = await environment.Clients.CallGear().GetEmployeesAsync(credentials, limit: 1, offset: 0, cancellationToken);
        return result.IsSuccess
            ? (Good(result.Value.TotalItems), await CheckGroupAsync(credentials, groupId, cancellationToken))
            : (Bad(CallGearProblems.Of(CallGearSide, result.Error)), null);
    }

    private async Task<Problem?> CheckGroupAsync(CallGearCredentials credentials, long? groupId, CancellationToken cancellationToken)
    {
        if (groupId is not { } id)
        {
            return null;
        }

        if (id <= 0)
        {
            return CallGearProblems.NoGroup(CallGearSide, id).Problem;
        }

        var result = await environment.Clients.CallGear().GetGroupAsync(credentials, id, cancellationToken);
        return result switch
        {
            { IsSuccess: false } => CallGearProblems.OfGroup(CallGearSide, id, result.Error).Problem,
            { Value: null } => CallGearProblems.NoGroup(CallGearSide, id).Problem,
            _ => null,
        };
    }

    private static VendorCheck NotTried { get; } = new(null, null);

    private static VendorCheck Good(long count) => new((int)Math.Min(count, int.MaxValue), null);

    private static VendorCheck Bad(CallFailure failure) => new(null, failure.Problem);
}
