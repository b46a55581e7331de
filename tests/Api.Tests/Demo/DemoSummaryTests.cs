using System.Diagnostics;
using OrleansSync.Api.Demo;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Demo;

public sealed class DemoSummaryTests
{
    private const string Sandbox = "Change users and employees in the sandbox  http://127.0.0.1:5085/_sandbox  (see src/Sandbox/README.md)";

    [Fact]
    public void Describe_FirstImport_CountsWhatBecameOfEverybody() => AssertDescribed(
        Run(RunStatus.CompletedWithErrors,
            new() { Users = 61, Created = 29, Linked = 20, Skipped = 11, Failed = 1, PhonesAdded = 37, AddedToResponsible = 49 }, changes:
            [
                Change(ChangeOutcome.Created), Change(ChangeOutcome.Created, ProblemCode.PhoneRejected),
                Change(ChangeOutcome.Linked, ProblemCode.PhoneRejected), Change(ChangeOutcome.Failed, ProblemCode.Rejected),
                Skipped(ProblemCode.MissingLastName), Skipped(ProblemCode.MissingEmail), Skipped(ProblemCode.MissingEmail),
                Skipped(ProblemCode.MissingDepartment), Skipped(ProblemCode.AmbiguousEmail), Skipped(ProblemCode.EmailTaken),
                Skipped(ProblemCode.Unreachable),
            ]),
        "The import finished, with errors.",
        "61 users: 29 created, 20 linked, 11 not imported, 1 failed.",
        "Not imported: no e-mail address (2), no last name (1), no department (1), several employees with the same address (1), "
        + "address belongs to somebody else (1), unreachable (1).",
        "37 numbers added, 2 refused; 49 employees became responsible.",
        Sandbox);

    [Fact]
    public void Describe_Succeeded_SaysSo() => AssertDescribed(
        Run(RunStatus.Succeeded,
            new() { Users = 4, Created = 1, Linked = 1, Matched = 1, PhonesAdded = 1, AddedToResponsible = 1, RemovedFromResponsible = 3 },
            changes: [Change(ChangeOutcome.Created), Change(ChangeOutcome.Linked), Change(ChangeOutcome.PhoneAdded)]),
        "The import finished.",
        "4 users: 1 created, 1 linked, 1 given a number, 1 unchanged.",
        "1 number added; 1 employee became responsible, 3 no longer responsible.",
        Sandbox);

    [Fact]
    public void Describe_OneUserWithoutANumber_SpeaksOfOne() => AssertDescribed(
        Run(RunStatus.Succeeded, new() { Users = 1, Created = 1 }, changes: [Change(ChangeOutcome.Created)]),
        "The import finished.",
        "1 user: 1 created.",
        "No numbers added; nobody became responsible.",
        Sandbox);

    [Fact]
    public void Describe_NothingChanged_SaysSo() => AssertDescribed(
        Run(RunStatus.Succeeded, new() { Users = 49, Matched = 49 }),
        "The import finished. Nothing was changed.",
        "49 users: 49 unchanged.",
        Sandbox);

    [Fact]
    public void Describe_ErrorsAndNothingChanged_SaysBoth() => AssertDescribed(
        Run(RunStatus.CompletedWithErrors, new() { Users = 51, Matched = 49, Skipped = 1, Failed = 1 },
            changes: [Change(ChangeOutcome.Failed, ProblemCode.Rejected), Skipped(ProblemCode.EmailTaken)]),
        "The import finished, with errors. Nothing was changed.",
        "51 users: 49 unchanged, 1 not imported, 1 failed.",
        "Not imported: address belongs to somebody else (1).",
        Sandbox);

    [Fact]
    public void Describe_NoUsers_SaysThatThereAreNone() => AssertDescribed(
        Run(RunStatus.Succeeded, new() { Users = 0 }),
        "The import finished. Nothing was changed.",
        "There are no users to import.",
        Sandbox);

    [Fact]
    public void Describe_ErrorOfTheGroup_IsTold() => AssertDescribed(
        Run(RunStatus.CompletedWithErrors,
            new() { Users = 2, Matched = 2, AddedToResponsible = 2 },
            new(ProblemCode.GroupRejected, "There is no group 501.")),
        "The import finished, with errors. groupRejected: There is no group 501.",
        "2 users: 2 unchanged.",
        "No numbers added; 2 employees became responsible.",
        Sandbox);

    [Fact]
    public void Describe_Held_TellsWhatWaits() => AssertDescribed(
        Run(RunStatus.Held, new() { Users = 3, Matched = 1, Skipped = 2 }, new(ProblemCode.DeletionGuard, "Half of the users are gone."),
        [
            Skipped(ProblemCode.DeletionGuard), Skipped(ProblemCode.DeletionGuard), Skipped(ProblemCode.RecreationGuard),
            Skipped(ProblemCode.RecreationGuard),
        ]),
        "The import finished, except for what waits for your approval. Nothing was changed. deletionGuard: Half of the users are gone.",
        "3 users: 1 unchanged, 2 not imported.",
        "Not imported: employee is gone, and a new one waits for approval (2).",
        Sandbox);

    [Fact]
    public void Describe_FailedBeforeAnybodyWasLookedAt_DoesNotSayThatThereIsNobody() => AssertDescribed(
        Run(RunStatus.Failed, new() { Users = 0 }, new(ProblemCode.Unreachable, "Bitrix24 does not answer.")),
        "The import failed. Nothing was changed. unreachable: Bitrix24 does not answer.",
        Sandbox);

    [Fact]
    public void Describe_FailedOnTheWay_TellsHowFarItCame() => AssertDescribed(
        Run(RunStatus.Failed, new() { Users = 2, Created = 2, PhonesAdded = 2 },
            new(ProblemCode.CallGearUnauthorized, "The key was refused."),
            [Change(ChangeOutcome.Created), Change(ChangeOutcome.Created)]),
        "The import failed. callGearUnauthorized: The key was refused.",
        "2 users: 2 created.",
        "2 numbers added; nobody became responsible.",
        Sandbox);

    [Theory]
    [InlineData(RunStatus.Queued)]
    [InlineData(RunStatus.Running)]
    public void Describe_RunThatHasNotEnded_IsNotShown(RunStatus status) =>
        Assert.Throws<UnreachableException>(() => DemoSummary.Describe(Run(status, new()), new Uri("http://127.0.0.1:5085/")));

    private static void AssertDescribed(RunResponse run, params string[] lines)
    {
        Assert.Equal(lines, DemoSummary.Describe(run, new Uri("http://127.0.0.1:5085/")).Split(Environment.NewLine));
        Assert.InRange(lines.Length, 1, 5);
    }

    private static RunResponse Run(RunStatus status, RunCounts counts, Problem? error = null, RunChange[]? changes = null) => new(new(
        new RunSummary
        {
            RunId = "r1",
            AccountId = "acme",
            Trigger = RunTrigger.Manual,
            Status = status,
            RequestedAt = DateTimeOffset.UnixEpoch,
            Counts = counts,
            Error = error,
        },
        [.. changes ?? []]));

    private static RunChange Skipped(ProblemCode reason) => Change(ChangeOutcome.Skipped, reason);

    private static RunChange Change(ChangeOutcome outcome, ProblemCode? reason = null) => new()
    {
        BitrixUserId = 1,
        Name = "Ada",
        Outcome = outcome,
        Reason = reason is { } code ? new Problem(code, "Some words.") : null,
    };
}
