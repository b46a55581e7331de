using System.Text.RegularExpressions;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.Account;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The sentence that tells an account's state, for every status of the account and of its last run.</summary>
public sealed partial class AccountSentenceTests
{
    private static readonly Problem _refused = new(ProblemCode.CallGearUnauthorized, "Refused.");

    private static readonly AccountView _account =
        Samples.Account("acme") with { Counts = new AccountCounts(60, 55, 45, Known: 60), LastRun = null };

    public static TheoryData<AccountStatus, RunStatus?, bool, string> Sentences => new()
    {
        { AccountStatus.Active, null, false, "Connected; the first import has not ended yet. Next at AT." },
        { AccountStatus.Active, RunStatus.Queued, false, "It can be watched while it runs." },
        { AccountStatus.Active, RunStatus.Running, false, "It can be watched while it runs." },
        { AccountStatus.Active, RunStatus.Succeeded, false, "Imported 60 of 60 employees AT. Next at AT." },
        { AccountStatus.Active, RunStatus.CompletedWithErrors, false, "Imported 60 of 60 employees AT, with errors. Next at AT." },
        { AccountStatus.Active, RunStatus.Held, false, "Imported 60 of 60 employees AT. Next at AT." },
        { AccountStatus.Active, RunStatus.Failed, false, "It failed AT: No answer. Next at AT." },
        { AccountStatus.Active, RunStatus.Queued, true, "Nothing is changed by it." },
        { AccountStatus.Active, RunStatus.Running, true, "Nothing is changed by it." },
        { AccountStatus.Active, RunStatus.Succeeded, true, "60 of 60 known employees are imported. Next at AT." },
        { AccountStatus.Active, RunStatus.CompletedWithErrors, true, "60 of 60 known employees are imported. Next at AT." },
        { AccountStatus.Active, RunStatus.Held, true, "60 of 60 known employees are imported. Next at AT." },
        { AccountStatus.Active, RunStatus.Failed, true, "60 of 60 known employees are imported. Next at AT." },
        { AccountStatus.Paused, null, false, "Connected and paused; not imported yet." },
        { AccountStatus.Paused, RunStatus.Running, false, "It can be watched while it runs." },
        { AccountStatus.Paused, RunStatus.Succeeded, false, "Imported 60 of 60 employees AT." },
        { AccountStatus.Paused, RunStatus.Failed, false, "60 of 60 known employees are imported." },
        { AccountStatus.Held, RunStatus.Held, false, "Imported 60 of 60 employees AT. Next at AT." },
        { AccountStatus.Held, RunStatus.Failed, false, "60 of 60 known employees are imported. Next at AT." },
        { AccountStatus.Held, RunStatus.Succeeded, true, "60 of 60 known employees are imported. Next at AT." },
        { AccountStatus.ActionRequired, null, false, "Nobody is imported meanwhile; CallGear stays as it is. Next at AT." },
        { AccountStatus.ActionRequired, RunStatus.Failed, false, "Nobody is imported meanwhile; CallGear stays as it is. Next at AT." },
        { AccountStatus.ActionRequired, RunStatus.Succeeded, true, "Nobody is imported meanwhile; CallGear stays as it is. Next at AT." },
    };

    [Theory]
    [MemberData(nameof(Sentences))]
    public void Of_EachStatus_SaysWhatIsSo(AccountStatus status, RunStatus? run, bool isPreview, string expected)
    {
        var account = _account with
        {
            Status = status,
            Problem = status == AccountStatus.ActionRequired ? _refused : null,
            LastRun = run is { } known
                ? Samples.Run(status: known) with
                {
                    DryRun = isPreview,
                    Error = known == RunStatus.Failed ? new Problem(ProblemCode.Unreachable, "No answer.") : null,
                }
                : null,
        };

        Assert.Equal(expected, Sentence(account));
    }

    [Fact]
    public void Of_EveryCombination_NamesNoMoreImportedThanKnownAndNoBlank()
    {
        foreach (var language in (string[])["en", "ru"])
        {
            foreach (var account in
                from status in Enum.GetValues<AccountStatus>()
                from run in Enum.GetValues<RunStatus>().Cast<RunStatus?>().Append(null)
                from isPreview in (bool[])[false, true]
                from onlyUser in (long?[])[null, 7]
                from counts in (AccountCounts[])[new(0, 0, 0, 0), new(60, 60, 45, 60), new(3, 2, 57, 60)]
                select _account with
                {
                    Status = status,
                    Counts = counts,
                    LastRun = run is { } known ? Samples.Run(status: known) with { DryRun = isPreview, OnlyUser = onlyUser } : null,
                })
            {
                var sentence = Sentence(account, language);

                Assert.False(string.IsNullOrWhiteSpace(sentence));
                Assert.DoesNotContain(": .", sentence, StringComparison.Ordinal);
                Assert.DoesNotContain("105", sentence, StringComparison.Ordinal);
                Assert.DoesNotContain("0 of 0", sentence, StringComparison.Ordinal);
                Assert.DoesNotContain("0 из 0", sentence, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Of_AnAccountWithoutUsers_SaysThatThereIsNobody() => Assert.Equal(
        "There is nobody to import yet. Next at AT.",
        Sentence(_account with { Counts = new AccountCounts(0, 0, 0, 0), LastRun = Samples.Run(status: RunStatus.Succeeded) }));

    private static string Sentence(AccountView account, string language = "en") =>
        Element().Replace(new AccountSentence(WebTexts.In(language)).Of(account), "AT").Trim();

    [GeneratedRegex("<local-time.*?</local-time>")]
    private static partial Regex Element();
}
