using System.Threading.RateLimiting;

namespace OrleansSync.Api.Limits;

/// <summary>What all limits on requests have in common: so many within a minute, and none waits.</summary>
internal static class RequestWindow
{
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    /// <summary>A window of a minute.</summary>
    public static FixedWindowRateLimiterOptions Of(int requests) => new() { PermitLimit = requests, Window = _window, QueueLimit = 0 };

    /// <summary>After how many seconds, at least one, the window is over.</summary>
    public static int RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait)
            ? Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds))
            : (int)_window.TotalSeconds;
}
