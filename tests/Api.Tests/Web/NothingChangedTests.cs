using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.Runs;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

/// <summary>What a run's page says when it lists no change, for every way a run ends.</summary>
public sealed class NothingChangedTests
{
    public static TheoryData<RunStatus, bool, int, int, string> Endings => new()
    {
        { RunStatus.Succeeded, false, 60, 60, "Nothing had to be changed: all users are linked already." },
        { RunStatus.Succeeded, false, 60, 49, "Nothing had to be changed." },
        { RunStatus.Succeeded, false, 0, 0, "Nothing had to be changed: Bitrix24 has no users to import." },
        { RunStatus.Succeeded, true, 60, 60, "Nothing would be changed." },
        { RunStatus.Succeeded, true, 0, 0, "Nothing had to be changed: Bitrix24 has no users to import." },
        { RunStatus.CompletedWithErrors, false, 60, 60, "No employee was changed. What went wrong is said above." },
        { RunStatus.CompletedWithErrors, true, 60, 60, "No employee was changed. What went wrong is said above." },
        { RunStatus.Held, false, 0, 0, "Nothing was changed: the import waits for a decision." },
        { RunStatus.Held, true, 0, 0, "Nothing was changed: the import waits for a decision." },
        { RunStatus.Failed, false, 0, 0, "Nothing was changed: the import failed." },
        { RunStatus.Failed, true, 0, 0, "The preview failed before it could say what would change." },
    };

    [Theory]
    [MemberData(nameof(Endings))]
    public void Text_OfEachEnding_IsTrue(RunStatus status, bool isPreview, int users, int matched, string expected)
    {
        var run = Samples.Run(status: status) with { DryRun = isPreview, Counts = new RunCounts { Users = users, Matched = matched } };

        Assert.Equal(expected, WebTexts.In("en")[NothingChanged.Text(run)]);
        Assert.False(WebTexts.In("ru")[NothingChanged.Text(run)].ResourceNotFound);
    }

    [Fact]
    public void Text_OfAnInterruptedRun_PointsToTheOneInItsPlace()
    {
        var run = Samples.Run(status: RunStatus.Failed) with
        {
            Counts = new RunCounts(),
            Error = new Problem(ProblemCode.Interrupted, "Its process ended."),
        };

        Assert.Contains("interrupted", WebTexts.In("en")[NothingChanged.Text(run)], StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfARunForOneUser_SpeaksOfThatUser() => Assert.Equal(
        "Nothing had to be changed for this user.",
        WebTexts.In("en")[NothingChanged.Text(Samples.Run(status: RunStatus.Succeeded) with { OnlyUser = 7 })]);
}
