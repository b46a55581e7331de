using System.Globalization;
using OrleansSync.Api.Audit;
using OrleansSync.Api.Hosting;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Runs;

/// <summary>Asks for runs and approves held ones, for the interface and for the pages alike.</summary>
internal sealed class RunRequesting(IGrainFactory grains, AuditTrail audit)
{
    /// <summary>R1.2, R8.3, R8.8: asks for a run.</summary>
    public async Task<RunRequestAnswer> SynchronizeAsync(HttpContext context, string accountId, RunRequest request)
    {
        if (grains.FindPortal(accountId) is not { } portal)
        {
            return new RunRequestAnswer(RunRequestOutcome.NoAccount);
        }

        var answer = await portal.RequestRunAsync(request);
        if (answer is { Outcome: RunRequestOutcome.Accepted, Run: { } run })
        {
            await audit.WriteAsync(context, accountId, AuditActions.RunRequested, Details(run));
        }

        return answer;
    }

    /// <summary>R8.1, R8.2, R8.12: approves what a held run named.</summary>
    public async Task<RunRequestAnswer> ApproveAsync(HttpContext context, string accountId, string runId)
    {
        if (grains.FindPortal(accountId) is not { } portal)
        {
            return new RunRequestAnswer(RunRequestOutcome.NoAccount);
        }

        var answer = await portal.ApproveAsync(runId);
        if (answer is { Outcome: RunRequestOutcome.Accepted, Run: { } run })
        {
            await audit.WriteAsync(
                context, accountId, AuditActions.RunApproved, new AuditDetail("approvedRunId", runId, null),
                new AuditDetail("runId", run.RunId, null));
        }

        return answer;
    }

    private static AuditDetail[] Details(RunSummary run)
    {
        List<AuditDetail> details = [new("runId", run.RunId, null)];
        if (run.DryRun)
        {
            details.Add(new AuditDetail("dryRun", "true", null));
        }

        if (run.OnlyUser is { } user)
        {
            details.Add(new AuditDetail("user", user.ToString(CultureInfo.InvariantCulture), null));
        }

        return [.. details];
    }
}
