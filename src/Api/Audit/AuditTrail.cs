using OrleansSync.Api.Authorization;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;

namespace OrleansSync.Api.Audit;

/// <summary>Writes what a caller did into the account's audit trail, after it was done.</summary>
internal sealed partial class AuditTrail(IGrainFactory grains, TimeProvider time, ILogger<AuditTrail> logger)
{
    /// <summary>
    /// Writes an entry. The change is made by now, so a trail that cannot be written is logged and does not fail the request.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="action">What was done; one of <see cref="AuditActions"/>.</param>
    /// <param name="details">What it changed; null for what it did not.</param>
    public async Task WriteAsync(HttpContext context, string accountId, string action, params IEnumerable<AuditDetail?> details)
    {
        var actor = Caller.Of(context.User).Actor;
        try
        {
            await grains.GetGrain<IAuditGrain>(GrainKeys.Account(accountId)).AppendAsync(new AuditEntry
            {
                At = time.GetUtcNow(),
                Actor = actor,
                Action = action,
                From = AddressOf(context),
                Details = [.. details.OfType<AuditDetail>()],
            });
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            EntryLost(exception, action, accountId, actor.Kind, actor.Id);
        }
    }

    /// <summary>Logs that an account was disconnected: its audit trail is erased with it, and this line is what stays.</summary>
    public void LogDisconnected(HttpContext context, string accountId)
    {
        var actor = Caller.Of(context.User).Actor;
        AccountDisconnected(accountId, actor.Kind, actor.Id, AddressOf(context));
    }

    private static string? AddressOf(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        { IsIPv4MappedToIPv6: true } mapped => mapped.MapToIPv4().ToString(),
        var address => address?.ToString(),
    };
}
