using Microsoft.Extensions.Localization;
using OrleansSync.Api.Web.Texts;
using OrleansSync.Api.Web.Times;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Account;

/// <summary>
/// An account's state in one sentence, as markup: it holds numbers, moments and texts of the resource files only, nothing that anybody
/// typed.
/// </summary>
internal sealed class AccountSentence(IStringLocalizer<WebText> texts)
{
    public string Of(AccountView account)
    {
        var next = account.NextRunAt is { } at ? texts["SentenceNext", Moment.Element(at, "time")].Value : "";
        return account switch
        {
            { LastRun: { IsFinished: false, DryRun: true } } => texts["SentencePreviewing"],
            { LastRun.IsFinished: false } => texts["SentenceRunning"],
            { Status: AccountStatus.ActionRequired, Problem: { } problem } => texts["SentenceAction", texts.TitleOf(problem.Code), next],
            { Status: AccountStatus.Held } => texts["SentenceHeld", Done(account), next],
            { Status: AccountStatus.Failing, Problem: { } problem, FailingSince: { } since } =>
                texts["SentenceFailing", Moment.Element(since, "full"), texts.TitleOf(problem.Code), next],
            { LastRun: null, Status: AccountStatus.Paused } => texts["SentencePausedNew"],
            { LastRun: null } => texts["SentenceNew", next],
            { Status: AccountStatus.Paused } => texts["SentencePaused", Done(account)],
            { LastRun: { Error.Code: ProblemCode.Cancelled, DryRun: false } run } => texts["SentenceStopped", When(run), next],
            { LastRun: { Status: RunStatus.Failed, DryRun: false } run } =>
                texts["SentenceFailed", When(run), run.Error is { } error ? texts.TitleOf(error.Code) : "–", next],
            _ => texts["SentenceWell", Done(account), next],
        };
    }

    private string Done(AccountView account) => (account.Counts, account.LastRun) switch
    {
        ({ Known: 0 }, _) => texts["SentenceNobody"],
        ({ } counts, { DryRun: false, OnlyUser: null, Status: RunStatus.Succeeded or RunStatus.Held } run) =>
            texts["SentenceImported", counts.Employees.Show(), counts.Known.Show(), When(run)],
        ({ } counts, { DryRun: false, OnlyUser: null, Status: RunStatus.CompletedWithErrors } run) =>
            texts["SentenceImportedWithErrors", counts.Employees.Show(), counts.Known.Show(), When(run)],
        ({ } counts, _) => texts["SentenceLinked", counts.Employees.Show(), counts.Known.Show()],
    };

    private static string When(RunSummary run) => Moment.Element(run.FinishedAt ?? run.RequestedAt, "relative");
}
