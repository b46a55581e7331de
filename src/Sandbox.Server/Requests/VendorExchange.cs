using System.Text.Json;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Sandbox.Requests;

/// <summary>Takes one request from its arrival to its answer: log, delays, faults, the method itself.</summary>
internal sealed class VendorExchange(RequestLog log, FaultBook faults, TimeProvider time)
{
    /// <summary>Serves a request that no fault may strike, because it was refused before its method was known.</summary>
    public Task RunAsync(HttpContext context, VendorRequest request, Func<VendorResponse> execute) =>
        RunAsync(context, request, execute, null);

    /// <summary>Serves a request.</summary>
    /// <param name="context">The HTTP exchange.</param>
    /// <param name="request">What the log and the faults need to know.</param>
    /// <param name="execute">Carries the method out and gives its answer; called once at most.</param>
    /// <param name="refuse">The vendor's form of an error that a fault wants; null: faults do not apply.</param>
    public async Task RunAsync(
        HttpContext context, VendorRequest request, Func<VendorResponse> execute, Func<Fault, VendorResponse>? refuse)
    {
        var ticket = log.Begin(request.Vendor, request.Target, request.Method);
        var struck = refuse is null ? [] : faults.TakeForRequest(request);
        var deciding = struck.FirstOrDefault(f => !f.Fault.IsDelay);
        VendorResponse? sound = null;
        VendorResponse? sent = null;
        try
        {
            await DelayAsync(struck.Where(fault => !fault.Fault.Executed), context.RequestAborted);
            sound = deciding is null || deciding.Fault.RunsMethod ? execute() : null;
            if (sound is { Timing: { Seconds: > 0 } timing })
            {
                await Task.Delay(timing.Wait, time, CancellationToken.None);
                if (timing is { IsTooLate: true, Drops: true })
                {
                    context.Abort();
                    return;
                }

                sound = timing.IsTooLate ? VendorResponse.Html(504, "504 Gateway Time-out") : sound;
            }

            await DelayAsync(struck.Where(fault => fault.Fault.Executed), context.RequestAborted);
            if (deciding is null || refuse is null)
            {
                sent = sound!;
            }
            else if (await EndedConnectionAsync(context, deciding.Fault, sound))
            {
                return;
            }
            else
            {
                sent = FaultyAnswer.Replace(deciding.Fault, sound, refuse);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left; the log shows a request without an answer.
        }
        finally
        {
            // Logged before the answer is written, so that a client that has its answer finds its request in the log.
            var executed = sound is { Error: null, Status: < 400 };
            var fault = deciding?.Id ?? (struck.Count > 0 ? struck[0].Id : null);
            log.End(ticket, sent?.Status ?? 0, sent?.Error, executed, fault, request.Commands, LoggedParameters(request));
        }

        if (sent is not null)
        {
            await WriteAsync(context, sent);
        }
    }

    private static async Task WriteAsync(HttpContext context, VendorResponse answer)
    {
        try
        {
            await FaultyAnswer.WriteAsync(context, answer);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has left while the answer was on its way.
        }
    }

    /// <summary>Handles the faults that leave the client without a whole HTTP answer.</summary>
    private static async Task<bool> EndedConnectionAsync(HttpContext context, Fault fault, VendorResponse? sound)
    {
        switch (fault.Kind)
        {
            case FaultKind.Drop:
                context.Abort();
                return true;
            case FaultKind.NeverAnswer:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
                return true;
            case FaultKind.CutOff:
                await FaultyAnswer.CutOffAsync(context, sound!);
                return true;
            case FaultKind.EndlessBody:
                await FaultyAnswer.EndlessAsync(context, fault);
                return true;
            default:
                return false;
        }
    }

    private static JsonElement? LoggedParameters(VendorRequest request) => request.IsWrite ? request.Parameters : null;

    // A held request ends with its client, because a test may forget to let it go; one that is merely slow is carried out for nobody, as a
    // real vendor does.
    private async Task DelayAsync(IEnumerable<FaultHandle> struck, CancellationToken cancellationToken)
    {
        foreach (var handle in struck)
        {
            if (handle.Fault.Kind == FaultKind.Hold)
            {
                await handle.HoldAsync(cancellationToken);
            }
            else if (handle.Fault.Kind == FaultKind.Latency)
            {
                await Task.Delay(TimeSpan.FromSeconds(handle.Fault.DelaySeconds), time, CancellationToken.None);
            }
        }
    }
}
