using OrleansSync.Bitrix24;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.Users;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.Checks;

/// <summary>
/// Tries the Bitrix24 side of a connection: counts the users, and reads the second page in the ways that an import does, because a portal
/// may answer the first page whatever it is asked for.
/// </summary>
internal sealed class Bitrix24Check(ConnectionEnvironment environment, IGrainFactory grains)
{
    private const string Subject = "The connection's Bitrix24 side";

    // A person waits for the answer; a portal that is busier than this is better tried later.
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    /// <summary>Tries it; the secrets are protected for <paramref name="owner"/>.</summary>
    public async Task<VendorCheck> RunAsync(Bitrix24Access access, string owner, CancellationToken cancellationToken)
    {
        if (!Bitrix24Opening.TryOpen(environment.Secrets, owner, Subject, access, out var credentials, out var failure))
        {
            return Bad(failure);
        }

        var counted = await SendAsync(credentials, client => client.CountUsersAsync(credentials, cancellationToken), cancellationToken);
        return counted switch
        {
            { Failure: not null } => Bad(counted.Failure),
            { Value: { Total: > 0, IsEmailVisible: false } } => Bad(CallFailure.Of(
                ProblemCode.Bitrix24Scope,
                $"{Subject}: the key may not see the users' e-mail addresses. Give it the scope user_basic or user.")),
            { Value: { FirstIds.Count: > 0 } users } when users.Total > users.FirstIds.Count =>
                await CheckSecondPageAsync(credentials, users, cancellationToken),
            _ => Good(counted.Value!.Total),
        };
    }

    private async Task<VendorCheck> CheckSecondPageAsync(
        Bitrix24Credentials credentials, Bitrix24UserCount users, CancellationToken cancellationToken)
    {
        UserPosition[] ways = [UserPosition.AfterId(users.FirstIds.Max()), UserPosition.AfterUsers(users.FirstIds.Count)];
        foreach (var way in ways)
        {
            var second = await SendAsync(
                credentials, client => client.ReadUsersAsync(credentials, way, pages: 1, cancellationToken), cancellationToken);
            if (second.Failure is { } failure)
            {
                return Bad(failure);
            }

            if (!second.Value!.Pages[0].Users.Any(user => users.FirstIds.Contains(user.Id)))
            {
                return Good(users.Total);
            }
        }

        return Bad(CallFailure.Of(
            ProblemCode.InvalidAnswer,
            $"{Subject}: the portal answers the first {users.FirstIds.Count} of {users.Total} users again when it is asked for the others, "
            + "so that they cannot be imported. Have the portal updated."));
    }

    private async Task<CallOutcome<T>> SendAsync<T>(
        Bitrix24Credentials credentials,
        Func<Bitrix24Client, Task<VendorResult<T, Bitrix24Timing>>> send,
        CancellationToken cancellationToken)
    {
        var throttle = grains.GetGrain<IPortalThrottleGrain>(GrainKeys.Throttle(credentials.PortalKey));
        if (!await throttle.AcquireAsync(urgent: true, _patience, cancellationToken))
        {
            return Bitrix24Problems.LimitsLast(Subject);
        }

        var result = await send(environment.Clients.Bitrix24());
        return result.IsSuccess ? new CallOutcome<T>(result.Value, null) : Bitrix24Problems.Of(Subject, result.Error);
    }

    private static VendorCheck Good(long count) => new((int)Math.Min(count, int.MaxValue), null);

    private static VendorCheck Bad(CallFailure failure) => new(null, failure.Problem);
}
