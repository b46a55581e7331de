using Orleans.Concurrency;

namespace OrleansSync.Grains.Interfaces.Connections;

/// <summary>
/// The limits of one Bitrix24 portal, which all its accounts and all silos share: the leaky bucket and the blocked time. Keeps nothing in
/// storage. Key: <see cref="GrainKeys.Throttle"/>.
/// </summary>
[Alias("IPortalThrottleGrain")]
public interface IPortalThrottleGrain : IGrainWithStringKey
{
    /// <summary>Waits until one request may be sent; urgent requests go first.</summary>
    /// <param name="urgent">Whether a person waits.</param>
    /// <param name="patience">How long to wait at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the request may be sent.</returns>
    [Alias("Acquire"), AlwaysInterleave, ResponseTimeout("00:11:00")]
    Task<bool> AcquireAsync(bool urgent, TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>Tells that the portal refused a request because its bucket is full.</summary>
    [Alias("ReportFull"), AlwaysInterleave]
    Task ReportFullAsync();

    /// <summary>Tells that the portal answers nothing until a point in time.</summary>
    [Alias("ReportBlocked"), AlwaysInterleave]
    Task ReportBlockedAsync(DateTimeOffset until);
}
