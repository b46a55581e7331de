using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Runs;

/// <summary>What is said of a finished run that lists no change: why there is none.</summary>
internal static class NothingChanged
{
    private const string Prefix = "NothingChanged_";

    public static string Text(RunSummary run) => Prefix + run switch
    {
        { Error.Code: ProblemCode.Interrupted } => "interrupted",
        { Error.Code: ProblemCode.Cancelled } => "cancelled",
        { Status: RunStatus.Failed, DryRun: true } => "previewFailed",
        { Status: RunStatus.Failed } => "failed",
        { Status: RunStatus.Held } => "held",
        { Status: RunStatus.CompletedWithErrors } => "withErrors",
        { OnlyUser: not null } => "oneUser",
        { Counts.Users: 0 } => "nobody",
        { DryRun: true } => "preview",
        { Counts: { } counts } when counts.Matched == counts.Users => "allLinked",
        _ => "succeeded",
    };
}
