using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Web.Runs;

/// <summary>How a kind of change looks: its colours and its picture, which only repeat its words.</summary>
/// <param name="Tone">The name of its colours; see <see cref="Shell.Tone"/>.</param>
/// <param name="Icon">Its picture.</param>
internal sealed record ChangeLook(string Tone, string Icon)
{
    public static ChangeLook Of(ChangeOutcome outcome) => Of(RunChange.KindOf(outcome));

    public static ChangeLook Of(ChangeKind kind) => kind switch
    {
        ChangeKind.Failed => new("bad", "failed"),
        ChangeKind.Held => new("warn", "hand"),
        ChangeKind.Left => new("warn", "personout"),
        ChangeKind.Returned => new("calm", "undo"),
        ChangeKind.Updated => new("calm", "call"),
        ChangeKind.Linked => new("calm", "link"),
        ChangeKind.Created => new("busy", "personadd"),
        _ => new("calm", "prohibited"),
    };
}
