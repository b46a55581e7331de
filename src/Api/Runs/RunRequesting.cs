using System.Globalization;
using OrleansSync.Api.Audit;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Runs;

/// <summary>Asks for runs, stops them, and decides on held ones, for the interface and for the pages alike.</summary>
internal sealed class RunRequesting(IGrainFactory grains, AuditTrail audit)
{
    /// <summary>R1.2, R8.3, R8.8: asks for a run.</summary>
    public Task<RunRequestAnswer> SynchronizeAsync(HttpContext context, string accountId, RunRequest request) =>
        AskAsync(context, accountId, portal => portal.RequestRunAsync(request), AuditActions.RunRequested, run =>
        [
            new("runId", run.RunId, null),
            run.DryRun ? new("dryRun", "true", null) : null,
            run.OnlyUser is { } user ? new("user", user.ToString(CultureInfo.InvariantCulture), null) : null,
        ]);

    /// <summary>R8.1, R8.2, R8.12: approves what a held run named.</summary>
    public Task<RunRequestAnswer> ApproveAsync(HttpContext context, string accountId, string runId) =>
        AskAsync(context, accountId, portal => portal.ApproveAsync(runId), AuditActions.RunApproved, run =>
            [new("approvedRunId", runId, null), new("runId", run.RunId, null)]);

    /// <summary>Stops a run that waits or is under way.</summary>
    public Task<RunRequestAnswer> CancelAsync(HttpContext context, string accountId, string runId) =>
        AskAsync(context, accountId, portal => portal.CancelRunAsync(runId), AuditActions.RunCancelled, run =>
            [new("runId", run.RunId, null)]);

    /// <summary>R8.1, R8.2, R8.12: leaves what a held run named as it is.</summary>
    public async Task<RunRequestOutcome> KeepAsync(HttpContext context, string accountId, string runId)
    {
        if (grains.FindPortal(accountId) is not { } portal)
        {
            return RunRequestOutcome.NoAccount;
        }

        var outcome = await portal.KeepHeldAsync(runId, Caller.Of(context.User).Actor);
        if (outcome == RunRequestOutcome.Accepted)
        {
            await audit.WriteAsync(context, accountId, AuditActions.RunKept, new AuditDetail("runId", runId, null));
        }

        return outcome;
    }

    private async Task<RunRequestAnswer> AskAsync(
        HttpContext context,
        string accountId,
        Func<IPortalGrain, Task<RunRequestAnswer>> ask,
        string action,
        Func<RunSummary, AuditDetail?[]> details)
    {
        if (grains.FindPortal(accountId) is not { } portal)
        {
            return new RunRequestAnswer(RunRequestOutcome.NoAccount);
        }

        var answer = await ask(portal);
        if (answer is { Outcome: RunRequestOutcome.Accepted, Run: { } run })
        {
            await audit.WriteAsync(context, accountId, action, details(run));
        }

        return answer;
    }
}
