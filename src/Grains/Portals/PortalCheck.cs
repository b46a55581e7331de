using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Portals;

/// <summary>What a run learns of its portal.</summary>
internal sealed record PortalAnswer
{
    /// <summary>The links belong to the portal: the run goes on.</summary>
    public static PortalAnswer GoesOn { get; } = new();

    /// <summary>Why the run fails; null when it does not.</summary>
    public CallFailure? Failure { get; init; }

    /// <summary>Why the run is held; null when it is not.</summary>
    public Problem? Hold { get; init; }

    /// <summary>With <see cref="Hold"/>: the links that wait.</summary>
    public ImmutableArray<HoldLink> Links { get; init; } = [];
}

/// <summary>
/// R8.12: the step of a run that asks whether the account's links belong to the portal that answered, before anything is decided by them;
/// and that ends them when a person has said that they do not.
/// </summary>
internal sealed class PortalCheck(ImportRunContext context, ListReading lists, RunTally tally, RosterWriting writing)
{
    /// <summary>What the links belong to after the run.</summary>
    public LinkedPortal Linked { get; private set; } = context.Linked;

    private LinkedPortal Before => context.Linked;

    private bool IsForAll => context.Request is { OnlyUser: null, DryRun: false };

    public async Task<PortalAnswer> RunAsync(ImportInput input)
    {
        var present = context.PortalAs(lists.Renewed).KnownAs(Before.Portal);
        if (Before.Portal.IsSameAs(present))
        {
            return Accept(present);
        }

        var users = await lists.ListUsersAsync();
        if (users.Failure is { } failure)
        {
            return new PortalAnswer { Failure = failure };
        }

        var proof = PortalProof.Of(users.Value, input.Employees, input.Roster);
        if (proof.IsGiven)
        {
            return Accept(present);
        }

        // Nobody is found by address in an empty list, and such an answer is always in doubt (R8.1, R8.2).
        var isUsable = !users.Value.IsEmpty && !input.Employees.IsEmpty;
        return IsForAll && isUsable && IsApproved(present) ? await EndLinksAsync(present, input) : Hold(present, proof, users.Value, input);
    }

    private bool IsApproved(PortalIdentity present) =>
        context.Request.ApprovedPortal?.IsSameAs(present) == true || Before.Move?.Portal.IsSameAs(present) == true;

    // A run for one user leaves it to the next one for all to end what was held.
    private PortalAnswer Accept(PortalIdentity present)
    {
        Linked = new LinkedPortal(present) { Hold = context.Request.OnlyUser is null ? null : Before.Hold };
        return PortalAnswer.GoesOn;
    }

    private PortalAnswer Hold(PortalIdentity present, PortalProof proof, ImmutableArray<PortalUser> users, ImportInput input)
    {
        if (IsForAll)
        {
            Linked = Before with
            {
                Hold = Before.Hold?.Portal.IsSameAs(present) == true ? Before.Hold : new PortalHold(present, context.Time.GetUtcNow()),
                Move = Before.Move?.Portal.IsSameAs(present) == true ? Before.Move : null,
            };
        }

        return new PortalAnswer
        {
            Hold = GuardProblems.OfPortal(context.AccountId, Before.Portal, present, proof),
            Links = PortalProof.Waiting(users, input),
        };
    }

    // The portal becomes the links' own only when none of the former is left: whatever ends the process in between, a link is never taken
    // for one of a portal that it was not made with, and any run that finds the portal goes on with it.
    private async Task<PortalAnswer> EndLinksAsync(PortalIdentity present, ImportInput input)
    {
        await context.Begin.NowAsync();
        var excluded = context.Excluded();
        var takenOut = input.Roster.Values.Where(row => excluded.Contains(row.UserId)).Select(row => row.Link?.EmployeeId).OfType<long>();
        var move = Before.Move?.Portal.IsSameAs(present) == true ? Before.Move : new PortalMove(present, [.. takenOut]);
        Linked = Before with { Move = move };
        await context.KeepPortalAsync(Linked);
        if (input.Roster.Values.Any(row => row.Intent is not null))
        {
            return new PortalAnswer { Failure = StillOpen() };
        }

        var heirs = PortalProof.Heirs(input);
        tally.EndLinks(input.Roster.Values.Where(row => row.Link is not null), heirs, excluded);
        await writing.WriteAsync();
        if (tally.Draft.Stored.Values.Any(row => row.Link is not null))
        {
            return new PortalAnswer { Failure = NotAllStored() };
        }

        await context.ReplaceExclusionsAsync([.. heirs.Where(pair => move.TakenOut.Contains(pair.Key)).Select(pair => pair.Value)]);
        Linked = new LinkedPortal(present);
        await context.KeepPortalAsync(Linked);
        return PortalAnswer.GoesOn;
    }

    private CallFailure StillOpen() => CallFailure.Of(
        ProblemCode.Unreachable,
        $"Account {context.AccountId}: whether CallGear made an employee for a user of the former portal is not known yet, so that "
        + "its links did not end. The next run goes on with what was approved.");

    private CallFailure NotAllStored() => new()
    {
        Problem = new Problem(
            ProblemCode.Interrupted,
            $"Account {context.AccountId}: the end of some links of the former portal could not be stored. The next run goes on with "
            + "what was approved."),
        IsOutdated = true,
    };
}
