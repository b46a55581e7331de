using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Portals;

namespace OrleansSync.Api.Hosting;

/// <summary>Finds the grain behind an account.</summary>
internal static class Portals
{
    /// <summary>The account's portal; null when the text is no account's id.</summary>
    public static IPortalGrain? FindPortal(this IGrainFactory grains, string accountId) =>
        AccountId.IsValid(accountId) ? grains.GetGrain<IPortalGrain>(GrainKeys.Account(accountId)) : null;

    /// <summary>Whether there is such an account.</summary>
    public static async Task<bool> IsConnectedAsync(this IGrainFactory grains, string accountId) =>
        grains.FindPortal(accountId) is { } portal && await portal.GetAccountAsync() is not null;
}
