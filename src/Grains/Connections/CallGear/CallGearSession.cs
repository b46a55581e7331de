using Microsoft.Extensions.Logging;
using OrleansSync.CallGear;
using OrleansSync.CallGear.Responses;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Connections.Limits;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>The requests of one call of the grain: all count together, and wait and repeat by the same allowances.</summary>
internal sealed partial class CallGearSession(
    string account,
    string subject,
    CallContext context,
    CallAllowances allowances,
    Random jitter,
    CallCredentials known,
    OpenedAccess opened,
    CallGearGate gate,
    ConnectionEnvironment environment,
    ILogger logger)
{
    private int _calls;

    /// <summary>Reads something; the answer counts the requests of the whole session so far.</summary>
    public Task<CallOutcome<T>> ReadAsync<T>(
        Func<CallGearClient, CallGearCredentials, CancellationToken, Task<VendorResult<T, CallGearLimits>>> request,
        CancellationToken cancellationToken) =>
        RunAsync(isRead: true, request, DateTimeOffset.MaxValue, cancellationToken);

    /// <summary>Changes something; sent again only after a refusal by the limits, which is certain not to have changed anything.</summary>
    /// <param name="request">The request.</param>
    /// <param name="sendBefore">When this moment has passed, after whatever wait for the limits, nothing is sent.</param>
    /// <param name="cancellationToken">Gives the call up; the change may have been made then.</param>
    public Task<CallOutcome<T>> WriteAsync<T>(
        Func<CallGearClient, CallGearCredentials, CancellationToken, Task<VendorResult<T, CallGearLimits>>> request,
        DateTimeOffset sendBefore,
        CancellationToken cancellationToken) =>
        RunAsync(isRead: false, request, sendBefore, cancellationToken);

    private async Task<CallOutcome<T>> RunAsync<T>(
        bool isRead,
        Func<CallGearClient, CallGearCredentials, CancellationToken, Task<VendorResult<T, CallGearLimits>>> request,
        DateTimeOffset sendBefore,
        CancellationToken cancellationToken)
    {
        var call = new VendorCall(
            allowances, environment.Options, jitter, environment.Time, (delay, problem) =>
                LogRepeating(logger, account, problem.Code, delay));
        var answer = await call.RunAsync(isRead, AdmitAsync, sending => SendAsync(isRead, request, sendBefore, sending), cancellationToken);
        return answer with { Calls = _calls };
    }

    private async Task<CallFailure?> AdmitAsync(CancellationToken cancellationToken)
    {
        // Before the wait, which may be long; after it, they are looked for again.
        if (await known.FindAsync() is null)
        {
            return known.Outdated;
        }

        var room = gate.EnterAsync(context.Urgent, allowances.Limits, cancellationToken);
        if (await allowances.WaitAsync(room, () => gate.Outlook(environment.Time.GetUtcNow())))
        {
            return null;
        }

        LogLimitsLast(logger, account, allowances.Limits.Remaining);
        return CallGearProblems.LimitsLast(subject);
    }

    private async Task<CallOutcome<T>?> SendAsync<T>(
        bool isRead,
        Func<CallGearClient, CallGearCredentials, CancellationToken, Task<VendorResult<T, CallGearLimits>>> request,
        DateTimeOffset sendBefore,
        CancellationToken cancellationToken)
    {
        var use = PointUse.Kept;
        VendorResult<T, CallGearLimits>? result = null;
        var sent = environment.Time.GetTimestamp();
        try
        {
            if (await known.FindAsync() is not { } found)
            {
                return known.Outdated;
            }

            if (!opened.TryOpen(found.CallGear, out var credentials, out var failure))
            {
                return failure;
            }

            if (environment.Time.GetUtcNow() > sendBefore)
            {
                return CallGearProblems.TooLate(subject);
            }

            _calls++;
            use = PointUse.Unsure;
            result = await request(environment.Clients.CallGear(), credentials, cancellationToken);
            use = CallGearProblems.PointUseOf(result.Error);
        }
        catch (OperationCanceledException) when (!isRead)
        {
            return CallGearProblems.GivenUp(subject);
        }
        finally
        {
            var refusedFor = result?.Error is { Kind: VendorErrorKind.RateLimited } limit ? limit.ResetAfter : null;
            gate.Leave(use, result?.Usage, environment.Time.GetElapsedTime(sent), refusedFor);
        }

        return Judge(result);
    }

    private CallOutcome<T>? Judge<T>(VendorResult<T, CallGearLimits> result)
    {
        if (result.IsSuccess)
        {
            return new CallOutcome<T>(result.Value, null);
        }

        if (result.Error.Kind != VendorErrorKind.RateLimited)
        {
            return CallGearProblems.Of(subject, result.Error);
        }

        LogRefusedByLimit(logger, account, result.Error.ResetAfter);
        return null;
    }
}
