using System.Globalization;
using System.Threading.RateLimiting;
using OrleansSync.Api.Limits;
using OrleansSync.Api.Settings;

namespace OrleansSync.Api.Authorization;

/// <summary>
/// Counts the wrong keys of each address. To try keys costs the cluster a look-up each, so that an address that goes on and on is turned
/// away without one. The operator's key costs none and is always looked at: nobody can lock the operator out.
/// </summary>
internal sealed class WrongKeyLimit(RateLimitSettings settings) : IDisposable
{
    /// <summary>Why an address is turned away.</summary>
    public const string Reason = "Too many wrong keys came from this address.";

    private static readonly object _blocked = new();

    private readonly PartitionedRateLimiter<HttpContext> _limiter = PartitionedRateLimiter.Create<HttpContext, string>(
        context =>
            RateLimitPartition.GetFixedWindowLimiter(ClientAddress.Of(context), _ => RequestWindow.Of(settings.WrongKeysPerAddress)));

    /// <summary>Whether the request's address is turned away, however right its key may be.</summary>
    public bool Blocks(HttpContext context)
    {
        using var lease = _limiter.AttemptAcquire(context, permitCount: 0);
        if (lease.IsAcquired)
        {
            return false;
        }

        context.Items[_blocked] = RequestWindow.RetryAfter(lease).ToString(CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>The seconds after which a request that was turned away may come again; null when it was not.</summary>
    public static string? RetryAfter(HttpContext context) => context.Items[_blocked] as string;

    public void Count(HttpContext context) => _limiter.AttemptAcquire(context).Dispose();

    /// <inheritdoc />
    public void Dispose() => _limiter.Dispose();
}
