using Microsoft.Extensions.Logging;
using OrleansSync.Bitrix24;
using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Storage;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.Bitrix24;

/// <summary>The requests of one call of the grain: all count together, and wait and repeat by the same allowances.</summary>
internal sealed partial class Bitrix24Session(
    string account,
    CallContext context,
    CallAllowances allowances,
    Random jitter,
    CallCredentials known,
    StoredState<Bitrix24ConnectionState> state,
    Bitrix24Renewal renewal,
    IGrainFactory grains,
    ConnectionEnvironment environment,
    ILogger logger)
{
    // Also where the vendor gives no time, or one that has passed: a refusal is never answered with the next request at once.
    private static readonly TimeSpan _shortestBlock = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _blockWithoutTime = TimeSpan.FromMinutes(1);

    private readonly string _subject = $"Account {account}";

    private int _calls;

    /// <summary>Reads something; the answer counts the requests of the whole session so far.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <param name="brokenOffBy">Finds what kept a successful answer from being whole; limits among it hold back the next request.</param>
    public async Task<CallOutcome<T>> ReadAsync<T>(
        Func<Bitrix24Client, Bitrix24Credentials, CancellationToken, Task<VendorResult<T, Bitrix24Timing>>> request,
        CancellationToken cancellationToken,
        Func<T, VendorError?>? brokenOffBy = null)
    {
        var isRenewed = false;
        var call = new VendorCall(
            allowances, environment.Options, jitter, environment.Time, (delay, problem) =>
                LogRepeating(logger, account, problem.Code, delay));
        var answer = await call.RunAsync<T>(
            isRead: true,
            AdmitAsync,
            async sending =>
            {
                var (opened, failure) = await OpenAsync();
                if (opened is null)
                {
                    return failure!;
                }

                _calls++;
                var result = await request(environment.Clients.Bitrix24(), opened.Credentials, sending);
                if (result.Error is { Kind: VendorErrorKind.TokenExpired or VendorErrorKind.Moved } refusal
                    && opened.Access.AccessToken is not null && !isRenewed)
                {
                    var notSentAgain = await RenewAsync(opened, refusal, cancellationToken);
                    isRenewed = notSentAgain is null;
                    return notSentAgain is null ? null : (CallOutcome<T>)notSentAgain;
                }

                var trouble = result.IsSuccess ? brokenOffBy?.Invoke(result.Value) : result.Error;
                return await JudgeAsync(result, trouble, Throttle(opened.Credentials));
            },
            cancellationToken);
        return answer with { Calls = _calls };
    }

    /// <summary>Waits before the next request of a list whose last one broke off, unless what broke it off has waits of its own.</summary>
    public async Task PauseAsync(VendorError brokenOffBy, CancellationToken cancellationToken)
    {
        if (brokenOffBy.Kind is VendorErrorKind.RateLimited or VendorErrorKind.OperationTimeLimit or VendorErrorKind.TokenExpired)
        {
            return;
        }

        var delay = environment.Options.FirstDelay * (0.5 + (jitter.NextDouble() / 2));
        LogRepeating(logger, account, Bitrix24Problems.Of(_subject, brokenOffBy).Problem.Code, delay);
        await Task.Delay(delay, environment.Time, cancellationToken);
    }

    /// <summary>Renews the tokens; null when the request can be sent again, with the new token or to the address told with it.</summary>
    private async Task<CallFailure?> RenewAsync(Opened opened, VendorError refusal, CancellationToken cancellationToken)
    {
        var isMoved = refusal.Kind == VendorErrorKind.Moved;
        var failure = await renewal.RenewAsync(opened.Account, opened.Access.AccessToken!, isMoved, () => _calls++, cancellationToken);
        if (!isMoved || failure is { IsPassing: true })
        {
            return failure;
        }

        var now = state.Current.CurrentOf(opened.Account);
        if (failure is null && now.DisplayAddress != opened.Access.DisplayAddress)
        {
            LogMoved(logger, account, now.PortalKey);
            return null;
        }

        return Bitrix24Problems.Of(_subject, refusal);
    }

    private async ValueTask<(Opened? Opened, CallFailure? Failure)> OpenAsync()
    {
        if (await known.FindAsync() is not { } found)
        {
            return (null, known.Outdated);
        }

        var access = state.Current.CurrentOf(found);
        return Bitrix24Opening.TryOpen(environment.Secrets, account, _subject, access, out var credentials, out var failure)
            ? (new Opened(found, access, credentials), null)
            : (null, failure);
    }

    private async Task<CallFailure?> AdmitAsync(CancellationToken cancellationToken)
    {
        var (opened, failure) = await OpenAsync();
        if (opened is null)
        {
            return failure;
        }

        var patience = allowances.Limits.Remaining;
        using var spending = allowances.Limits.Spend();
        try
        {
            var room = Throttle(opened.Credentials).AcquireAsync(context.Urgent, patience, cancellationToken);
            if (await allowances.WaitAsync(room, static () => new VendorWait(LimitedVendor.Bitrix24)))
            {
                return null;
            }
        }
        catch (Exception exception) when (IsThrottleAway(exception, cancellationToken))
        {
            LogThrottleAway(logger, exception, account);
            return Bitrix24Problems.ThrottleAway(_subject);
        }

        LogLimitsLast(logger, account, patience);
        return Bitrix24Problems.LimitsLast(_subject);
    }

    private async Task<CallOutcome<T>?> JudgeAsync<T>(
        VendorResult<T, Bitrix24Timing> result, VendorError? trouble, IPortalThrottleGrain throttle)
    {
        var isReported = await ReportAsync(throttle, trouble, result.Usage);
        return result switch
        {
            { IsSuccess: true } => new CallOutcome<T>(result.Value, null),
            { Error.Kind: VendorErrorKind.RateLimited or VendorErrorKind.OperationTimeLimit } when isReported => null,
            { Error.Kind: VendorErrorKind.RateLimited or VendorErrorKind.OperationTimeLimit } => Bitrix24Problems.ThrottleAway(_subject),
            _ => Bitrix24Problems.Of(_subject, result.Error),
        };
    }

    /// <summary>Tells all who call the portal of limits that an answer showed; answers whether that was possible.</summary>
    private async Task<bool> ReportAsync(IPortalThrottleGrain throttle, VendorError? error, Bitrix24Timing? timing)
    {
        var now = environment.Time.GetUtcNow();
        try
        {
            if (error?.Kind == VendorErrorKind.RateLimited)
            {
                LogRefusedByLimit(logger, account, error.Kind);
                await throttle.ReportFullAsync();
            }
            else if (error?.Kind == VendorErrorKind.OperationTimeLimit)
            {
                LogRefusedByLimit(logger, account, error.Kind);
                var until = error.ResetAt ?? now + _blockWithoutTime;
                await throttle.ReportBlockedAsync(until < now + _shortestBlock ? now + _shortestBlock : until);
            }
            else if (timing is { OperatingResetAt: { } resetAt }
                && timing.OperatingSeconds >= environment.Options.PortalOperatingSeconds
                && resetAt > now)
            {
                LogNearOperatingLimit(logger, account, timing.OperatingSeconds, resetAt);
                await throttle.ReportBlockedAsync(resetAt);
            }

            return true;
        }
        catch (Exception exception) when (IsThrottleAway(exception, CancellationToken.None))
        {
            LogThrottleAway(logger, exception, account);
            return false;
        }
    }

    private IPortalThrottleGrain Throttle(Bitrix24Credentials credentials) =>
        grains.GetGrain<IPortalThrottleGrain>(GrainKeys.Throttle(credentials.PortalKey));

    // A throttle whose silo has ended cancels or rejects what waits there.
    private static bool IsThrottleAway(Exception exception, CancellationToken cancellationToken) =>
        exception is OrleansException or TimeoutException
        || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>What one request is sent with.</summary>
    private sealed record Opened(AccountCredentials Account, Bitrix24Access Access, Bitrix24Credentials Credentials);
}
