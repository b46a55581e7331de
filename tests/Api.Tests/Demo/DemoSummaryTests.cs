using System.Diagnostics;
using System.Text.Json.Nodes;
using OrleansSync.Api.Demo;

namespace OrleansSync.Api.Tests.Demo;

public sealed class DemoSummaryTests
{
    private const string Sandbox = "Change users and employees in the sandbox  http://127.0.0.1:5085/_sandbox  (see src/Sandbox/README.md)";

    [Fact]
    public void Describe_FirstImport_CountsWhatBecameOfEverybody() => AssertDescribed(
        Run("completedWithErrors",
            """{"users":61,"created":29,"linked":20,"skipped":11,"failed":1,"phonesAdded":37,"addedToResponsible":49}""", changes:
            [
                Change("created"), Change("created", "phoneRejected"), Change("linked", "phoneRejected"), Change("failed", "rejected"),
                Change("skipped", "missingLastName"), Change("skipped", "missingEmail"), Change("skipped", "missingEmail"),
                Change("skipped", "missingDepartment"), Change("skipped", "ambiguousEmail"), Change("skipped", "emailTaken"),
                Change("skipped", "somethingNew"),
            ]),
        "The import finished, with errors.",
        "61 users: 29 created, 20 linked, 11 not imported, 1 failed.",
        "Not imported: no e-mail address (2), no last name (1), no department (1), several employees with the same address (1), "
        + "address belongs to somebody else (1), somethingNew (1).",
        "37 numbers added, 2 refused; 49 employees became responsible.",
        Sandbox);

    [Fact]
    public void Describe_Succeeded_SaysSo() => AssertDescribed(
        Run("succeeded",
            """{"users":4,"created":1,"linked":1,"matched":1,"phonesAdded":1,"addedToResponsible":1,"removedFromResponsible":3}""", changes:
                [Change("created"), Change("linked"), Change("phoneAdded")]),
        "The import finished.",
        "4 users: 1 created, 1 linked, 1 given a number, 1 unchanged.",
        "1 number added; 1 employee became responsible, 3 no longer responsible.",
        Sandbox);

    [Fact]
    public void Describe_OneUserWithoutANumber_SpeaksOfOne() => AssertDescribed(
        Run("succeeded", """{"users":1,"created":1}""", changes: [Change("created")]),
        "The import finished.",
        "1 user: 1 created.",
        "No numbers added; nobody became responsible.",
        Sandbox);

    [Fact]
    public void Describe_NothingChanged_SaysSo() => AssertDescribed(
        Run("succeeded", """{"users":49,"matched":49}"""),
        "The import finished. Nothing was changed.",
        "49 users: 49 unchanged.",
        Sandbox);

    [Fact]
    public void Describe_ErrorsAndNothingChanged_SaysBoth() => AssertDescribed(
        Run("completedWithErrors", """{"users":51,"matched":49,"skipped":1,"failed":1}""", changes: [Change("failed", "rejected"),
            Change("skipped", "emailTaken")]),
        "The import finished, with errors. Nothing was changed.",
        "51 users: 49 unchanged, 1 not imported, 1 failed.",
        "Not imported: address belongs to somebody else (1).",
        Sandbox);

    [Fact]
    public void Describe_NoUsers_SaysThatThereAreNone() => AssertDescribed(
        Run("succeeded", """{"users":0}"""),
        "The import finished. Nothing was changed.",
        "There are no users to import.",
        Sandbox);

    [Fact]
    public void Describe_ErrorOfTheGroup_IsTold() => AssertDescribed(
        Run(
            "completedWithErrors",
            """{"users":2,"matched":2,"addedToResponsible":2}""",
            """{"code":"groupRejected","message":"There is no group 501."}"""),
        "The import finished, with errors. groupRejected: There is no group 501.",
        "2 users: 2 unchanged.",
        "No numbers added; 2 employees became responsible.",
        Sandbox);

    [Fact]
    public void Describe_Held_TellsWhatWaits() => AssertDescribed(
        Run("held", """{"users":3,"matched":1,"skipped":2}""", """{"code":"deletionGuard","message":"Half of the users are gone."}""",
        [
            Change("skipped", "deletionGuard"), Change("skipped", "deletionGuard"), Change("skipped", "recreationGuard"),
            Change("skipped", "recreationGuard"),
        ]),
        "The import finished, except for what waits for your approval. Nothing was changed. deletionGuard: Half of the users are gone.",
        "3 users: 1 unchanged, 2 not imported.",
        "Not imported: employee is gone, and a new one waits for approval (2).",
        Sandbox);

    [Fact]
    public void Describe_FailedBeforeAnybodyWasLookedAt_DoesNotSayThatThereIsNobody() => AssertDescribed(
        Run("failed", """{"users":0}""", """{"code":"unreachable","message":"Bitrix24 does not answer."}"""),
        "The import failed. Nothing was changed. unreachable: Bitrix24 does not answer.",
        Sandbox);

    [Fact]
    public void Describe_FailedOnTheWay_TellsHowFarItCame() => AssertDescribed(
        Run("failed", """{"users":2,"created":2,"phonesAdded":2}""", """{"code":"callGearUnauthorized","message":"The key was refused."}""",
            [Change("created"), Change("created")]),
        "The import failed. callGearUnauthorized: The key was refused.",
        "2 users: 2 created.",
        "2 numbers added; nobody became responsible.",
        Sandbox);

    [Theory]
    [InlineData("queued")]
    [InlineData("running")]
    public void Describe_RunThatHasNotEnded_IsNotShown(string status) =>
        Assert.Throws<UnreachableException>(() => DemoSummary.Describe(Run(status, """{"users":0}"""), new Uri("http://127.0.0.1:5085/")));

    private static void AssertDescribed(JsonObject run, params string[] lines)
    {
        Assert.Equal(lines, DemoSummary.Describe(run, new Uri("http://127.0.0.1:5085/")).Split(Environment.NewLine));
        Assert.InRange(lines.Length, 1, 5);
    }

    private static JsonObject Run(string status, string counts, string? error = null, JsonObject[]? changes = null)
    {
        var all = JsonNode.Parse(
            """{"users":0,"created":0,"linked":0,"matched":0,"skipped":0,"failed":0,"phonesAdded":0,"addedToResponsible":0"""
            + ""","removedFromResponsible":0}""")!.AsObject();
        foreach (var (name, count) in JsonNode.Parse(counts)!.AsObject())
        {
            all[name] = count!.DeepClone();
        }

        return new JsonObject
        {
            ["status"] = status,
            ["counts"] = all,
            ["error"] = error is null ? null : JsonNode.Parse(error),
            ["changes"] = new JsonArray([.. changes ?? []]),
        };
    }

    private static JsonObject Change(string outcome, string? reason = null) => new JsonObject
    {
        ["outcome"] = outcome,
        ["reason"] = reason is null ? null : new JsonObject { ["code"] = reason, ["message"] = "Some words." },
    };
}
