using System.Globalization;
using OrleansSync.Api.Audit;
using OrleansSync.Api.Hosting;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Responsible;

namespace OrleansSync.Api.Responsible;

/// <summary>R7.2: takes people out of the responsible employees and puts them back, for the interface and for the pages alike.</summary>
internal sealed class ResponsibleChanging(IGrainFactory grains, AuditTrail audit)
{
    /// <summary>Changes the list by hand.</summary>
    /// <returns>How it ended; null when there is no such account.</returns>
    public async Task<ResponsibleChangeOutcome?> SetAsync(HttpContext context, string accountId, long bitrixUserId, bool responsible)
    {
        if (grains.FindPortal(accountId) is not { } portal)
        {
            return null;
        }

        var outcome = await portal.SetResponsibleAsync(bitrixUserId, responsible);
        if (outcome == ResponsibleChangeOutcome.Done)
        {
            var action = responsible ? AuditActions.ResponsibleAdded : AuditActions.ResponsibleRemoved;
            var user = bitrixUserId.ToString(CultureInfo.InvariantCulture);
            await audit.WriteAsync(context, accountId, action, new AuditDetail("bitrixUserId", user, null));
        }

        return outcome == ResponsibleChangeOutcome.NotImported && await portal.GetAccountAsync() is null ? null : outcome;
    }
}
