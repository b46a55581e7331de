using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Shell;

/// <summary>How a state looks: its colour and its picture, which only repeat its word.</summary>
/// <param name="Name">The name of the colours: <c>ok</c>, <c>calm</c>, <c>busy</c>, <c>warn</c>, <c>fail</c> or <c>bad</c>.</param>
/// <param name="Icon">The id of the picture.</param>
internal sealed record Tone(string Name, string Icon)
{
    public static Tone Well { get; } = new("ok", "ok");

    /// <summary>What waits for a decision, and was left as it is.</summary>
    public static Tone Left { get; } = new("calm", "hand");

    /// <summary>Whether all is as it should be, so that lists show it without colour.</summary>
    public bool IsCalm => Name is "ok" or "calm";

    public static Tone Of(Enum status) => status switch
    {
        AccountStatus.ActionRequired => new("bad", "wrench"),
        AccountStatus.Held or RunStatus.Held => new("warn", "hand"),
        AccountStatus.Failing => new("fail", "warn"),
        AccountStatus.Paused => new("calm", "pause"),
        RunStatus.Queued => new("calm", "clock"),
        RunStatus.Running => new("busy", "sync"),
        RunStatus.CompletedWithErrors => new("warn", "warn"),
        RunStatus.Failed or EmployeeOutcome.Failed => new("bad", "failed"),
        EmployeeOutcome.Skipped => new("warn", "prohibited"),
        EmployeeOutcome.Deleted => new("calm", "personout"),
        _ => Well,
    };
}
