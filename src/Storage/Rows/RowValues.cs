using System.Collections.Immutable;
using System.Text;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Rows;

/// <summary>One entry of a history as its columns hold it.</summary>
internal sealed record HistoryValues(int Entry, DateTimeOffset At, string RunId, string Outcome, string Detail)
{
    public int Bytes => 12 + Size.Of(RunId, Outcome, Detail);
}

/// <summary>One change of a run as its columns hold it.</summary>
internal sealed record ChangeValues(long UserId, long First, long Until, string Outcome, short Rank, string? ReasonCode, string Detail)
{
    /// <summary>A change that is reported from one run on until before another.</summary>
    public static ChangeValues Of(RunChange change, long first, long until) => new(
        change.BitrixUserId,
        first,
        until,
        change.Outcome.ToString(),
        (short)change.Outcome,
        change.Reason?.Code.ToString(),
        RowJson.Write(new ChangeDetail(change.Name, change.Reason, change.CallGearEmployeeId, change.Fields)));

    public int Bytes => 26 + Size.Of(Outcome, ReasonCode, Detail);
}

/// <summary>A write of a user's row as its columns hold it, with text that every database takes.</summary>
internal sealed record UserValues(UserWrite Write)
{
    public UserRow Row => Write.Row;

    public string Name { get; } = StoredText.Clean(Write.Row.Name);

    public string? Email { get; } = Clean(Write.Row.Email);

    public string Folded { get; } = FoldedText.Of(Write.Row.Name, Write.Row.Email);

    public string? Outcome { get; } = Write.Row.Outcome?.ToString();

    public string? ReasonCode { get; } = Write.Row.Reason?.Code.ToString();

    public string? Reason { get; } = Write.Row.Reason is { } reason ? StoredText.Clean(RowJson.Write(reason)) : null;

    public string? LinkEmail { get; } = Clean(Write.Row.Link?.Email);

    public string? LinkOrigin { get; } = Write.Row.Link?.Origin.ToString();

    public DateTimeOffset? LinkedAt { get; } = Write.Row.Link?.LinkedAt.ToUniversalTime();

    public string? Intent { get; } = Write.Row.Intent is { } intent ? StoredText.Clean(RowJson.Write(intent)) : null;

    public ImmutableArray<HistoryValues> History { get; } = [.. Write.History.Select((entry, index) => new HistoryValues(
        Write.Row.Entries - Write.History.Length + index + 1,
        entry.At.ToUniversalTime(),
        StoredText.Clean(entry.RunId),
        entry.Outcome.ToString(),
        StoredText.Clean(RowJson.Write(new HistoryDetail(entry.Reason, entry.CallGearEmployeeId, entry.Fields, entry.Note)))))];

    public ImmutableArray<ChangeValues> Changes { get; } =
    [
        .. Write.Changes.GroupBy(change => change.Outcome).Select(same => ChangeValues.Of(same.Last(), Write.Run, Write.Run + 1)),
    ];

    public int Bytes => 54
        + Size.Of(Write.AccountId, Name, Email, Folded, Outcome, ReasonCode, Reason, LinkEmail, LinkOrigin, Intent)
        + History.Sum(entry => entry.Bytes)
        + Changes.Sum(change => change.Bytes);

    private static string? Clean(string? text) => text is null ? null : StoredText.Clean(text);
}

/// <summary>A run that ends as its columns hold it.</summary>
internal sealed record RunValues(ClosedRun Run)
{
    public RunSummary Summary => Run.Summary;

    public string Text { get; } = StoredText.Clean(RowJson.Write(Run.Summary));

    public ImmutableArray<ChangeValues> Changes { get; } =
    [
        .. Run.Begun.Select(change => ChangeValues.Of(change, Run.Number, RunRows.Standing)),
        .. Run.Own.DistinctBy(change => (change.BitrixUserId, change.Outcome)).Select(
            change => ChangeValues.Of(change, Run.Number, Run.Number + 1)),
    ];

    public int Bytes => 40 + Size.Of(Summary.RunId, Summary.Status.ToString(), Run.Scope.ToString(), Summary.Error?.Code.ToString(), Text)
        + (16 * Run.Ended.Length) + Changes.Sum(change => change.Bytes);
}

/// <summary>A write of an account's row as its columns hold it.</summary>
internal sealed record AccountValues(AccountWrite Write)
{
    public AccountRow Row => Write.Row;

    public AccountColumns Columns => Write.Row.Columns;

    public string DisplayName { get; } = StoredText.Clean(Write.Row.Columns.DisplayName);

    public string Folded { get; } = FoldedText.Of(Write.Row.AccountId, Write.Row.Columns.DisplayName);

    public string FoldedName { get; } = FoldedText.Of(Write.Row.Columns.DisplayName, null);

    public string State { get; } = StoredText.Clean(Write.Row.State);

    public string? Connection { get; } = Write.Row.Connection is { } connection ? StoredText.Clean(connection) : null;

    public RunValues? Run { get; } = Write.Run is { } run ? new RunValues(run) : null;

    public int Bytes => 72
        + Size.Of(Row.AccountId, State, Connection, Columns.Status.ToString(), Columns.Problem?.ToString(), DisplayName,
            Folded, FoldedName, Columns.PortalKey)
        + (Run?.Bytes ?? 0);
}

/// <summary>Measures values as they are sent.</summary>
internal static class Size
{
    /// <summary>The bytes of texts; a null has none.</summary>
    public static int Of(params ReadOnlySpan<string?> texts)
    {
        var bytes = 0;
        foreach (var text in texts)
        {
            bytes += text is null ? 0 : Encoding.UTF8.GetByteCount(text);
        }

        return bytes;
    }
}
