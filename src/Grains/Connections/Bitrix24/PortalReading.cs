using OrleansSync.Bitrix24;
using OrleansSync.Grains.Connections.Limits;

namespace OrleansSync.Grains.Connections.Bitrix24;

/// <summary>What earlier readings of a portal's users have taught: how slow it is, and whether it knows the filter by id.</summary>
internal sealed record PortalReading
{
    // The vendor's front end ends every request after this time.
    private static readonly RequestSizing _sizing = new(least: 1, Bitrix24Client.MaxPages, TimeSpan.FromSeconds(60));

    // A portal that drops the filter may be updated.
    private static readonly TimeSpan _filterMemory = TimeSpan.FromDays(1);

    /// <summary>The generation of the connection that this was learned with: another may be to another portal.</summary>
    public long Generation { get; init; }

    /// <summary>Pages in one request; null where the portal was never slow.</summary>
    public RequestSize? Pages { get; init; }

    /// <summary>Users that the last list had; null when that is not known.</summary>
    public int? Users { get; init; }

    /// <summary>When the portal dropped the filter by id; null where it does not.</summary>
    public DateTimeOffset? FilterIgnoredAt { get; init; }

    /// <summary>Whether there is anything special about the portal, which is worth keeping.</summary>
    public bool IsWorthKeeping => (Pages, FilterIgnoredAt) is not (null, null);

    /// <summary>How many pages the next request may ask for.</summary>
    public int PagesToAsk(DateTimeOffset now) => _sizing.Next(Pages, now);

    /// <summary>Whether the filter by id is of no use; false also when it is time to look again.</summary>
    public bool IsFilterOfNoUse(DateTimeOffset now) => FilterIgnoredAt is { } at && now - at < _filterMemory;

    public PortalReading Answered(int pages, TimeSpan took, DateTimeOffset now) =>
        this with { Pages = _sizing.Answered(Pages, pages, took, now) };

    public PortalReading TimedOut(int pages, DateTimeOffset now) => this with { Pages = _sizing.TimedOut(pages, now) };
}
