using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <content>What a person decides about a held run (R8.1, R8.2, R8.12).</content>
internal sealed partial class PortalGrain
{
    public async Task<RunRequestAnswer> ApproveAsync(string runId)
    {
        if (!State.IsConnected)
        {
            return new RunRequestAnswer(RunRequestOutcome.NoAccount);
        }

        var (outcome, approval) = await FindHeldAsync(runId);
        return approval is null ? new RunRequestAnswer(outcome) : await EnqueueAsync(approval);
    }

    public async Task<RunRequestOutcome> KeepHeldAsync(string runId, AuditActor by)
    {
        if (!State.IsConnected)
        {
            return RunRequestOutcome.NoAccount;
        }

        var (outcome, approval) = await FindHeldAsync(runId);
        if (approval is not null)
        {
            // What that run named, and not what others may have begun to wait since.
            var kept = new KeptHold(
                new HeldDecision(by, _time.GetUtcNow()), KeptHold.DigestOf(approval.Approved, approval.ApprovedPortal));
            await _account.UpdateAsync(state => state with { Kept = kept });
        }

        return outcome;
    }

    // What a held run asks for, if it still waits for it.
    private async Task<(RunRequestOutcome Outcome, QueuedRun? Approval)> FindHeldAsync(string runId)
    {
        if (await _runs.FindAsync(AccountId, runId) is not { } held)
        {
            return (_live.ContainsKey(runId) ? RunRequestOutcome.NotHeld : RunRequestOutcome.NoRun, null);
        }

        if (held.Status != RunStatus.Held || held.DryRun)
        {
            return (RunRequestOutcome.NotHeld, null);
        }

        if (held.Error?.Code == ProblemCode.PortalChanged)
        {
            return State.Linked?.Hold is { } hold && held.FinishedAt >= hold.Since
                ? (RunRequestOutcome.Accepted, NewRequest(RunTrigger.Approved) with { Approves = runId, ApprovedPortal = hold.Portal })
                : (RunRequestOutcome.NotHeld, null);
        }

        var named = StoredAccount.AwaitingIn(await _runs.HeldAsync(AccountId, runId));
        var isDone = !named.Removals.Overlaps(_account.Awaiting.Removals) && !named.Recreations.Overlaps(_account.Awaiting.Recreations);
        return isDone
            ? (RunRequestOutcome.NotHeld, null)
            : (RunRequestOutcome.Accepted, NewRequest(RunTrigger.Approved) with { Approves = runId, Approved = named });
    }
}
