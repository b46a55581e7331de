using Microsoft.AspNetCore.Components;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Web.Shell;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Portals;

namespace OrleansSync.Api.Web.Account;

/// <summary>A page about one account. An account that is not there is answered like an address that is not.</summary>
public abstract class AccountPage : LoadedPage
{
    /// <summary>The account in the address.</summary>
    [Parameter]
    public string AccountId { get; set; } = "";

    /// <summary>Where the accounts are.</summary>
    [Inject]
    protected IGrainFactory Grains { get; set; } = default!;

    /// <summary>The account; null when it is not there.</summary>
    protected AccountView? Account { get; private set; }

    /// <inheritdoc />
    protected sealed override async Task LoadAsync()
    {
        if (Grains.FindPortal(AccountId) is { } portal && await portal.GetAccountAsync() is { } account)
        {
            Account = account;
            await LoadAsync(portal);
        }
        else
        {
            Navigation.NotFound();
        }
    }

    /// <summary>Reads what the page shows besides the account.</summary>
    protected virtual Task LoadAsync(IPortalGrain portal) => Task.CompletedTask;
}
