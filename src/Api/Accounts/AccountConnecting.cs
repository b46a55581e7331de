using System.Security.Cryptography;
using OrleansSync.Api.Audit;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Hosting;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Outbound;

namespace OrleansSync.Api.Accounts;

/// <summary>Connects, changes, tries and disconnects accounts, for the interface and for the pages alike.</summary>
internal sealed class AccountConnecting(IGrainFactory grains, OutboundAddressPolicy addresses, AccountSecrets secrets, AuditTrail audit)
{
    /// <summary>Connects an account or changes it.</summary>
    /// <param name="context">The request, for the audit trail.</param>
    /// <param name="accountId">What the caller names the account; need not be an id.</param>
    /// <param name="body">The well-formed members of what the caller sent.</param>
    /// <param name="errors">What is known to be wrong already, and where faults go.</param>
    /// <returns>How it ended; null when something is wrong and nothing was stored.</returns>
    public async Task<ConnectResponse?> PutAsync(HttpContext context, string accountId, AccountBody body, BodyErrors errors) =>
        await PrepareAsync(accountId, body, errors) is { } connection ? await PutAsync(context, accountId, connection, errors) : null;

    /// <summary>Judges a connection whose Bitrix24 tokens a person is yet to grant; stores nothing.</summary>
    /// <param name="accountId">What the caller names the account; need not be an id.</param>
    /// <param name="body">What the caller entered.</param>
    /// <param name="errors">Where faults go.</param>
    /// <returns>The connection but for the tokens, its secrets protected for the account; null when something is wrong.</returns>
    public async Task<AccountConnection?> PrepareAsync(string accountId, AccountBody body, BodyErrors errors)
    {
        var portal = grains.FindPortal(accountId);
        if (portal is null)
        {
            errors.Add("accountId", new BodyFault(
                FaultKind.AccountIdForm,
                $"must be 1 to {AccountId.MaxLength} of a-z, 0-9, '.', '_' and '-', starting with a letter or digit.",
                AccountId.MaxLength));
        }

        return Judge(accountId, body, portal is null ? null : await portal.GetAccountAsync(), errors);
    }

    /// <summary>Connects an account or changes it.</summary>
    /// <param name="context">The request, for the audit trail.</param>
    /// <param name="accountId">The account's id.</param>
    /// <param name="connection">The connection, judged before, its secrets protected for the account.</param>
    /// <param name="errors">Where faults go.</param>
    /// <returns>How it ended; null when something is wrong and nothing was stored.</returns>
    public async Task<ConnectResponse?> PutAsync(HttpContext context, string accountId, AccountConnection connection, BodyErrors errors)
    {
        var portal = grains.GetGrain<IPortalGrain>(GrainKeys.Account(accountId));
        var existing = await portal.GetAccountAsync();
        var answer = await portal.ConnectAsync(connection);
        switch (answer.Outcome)
        {
            case ConnectOutcome.Connected:
                await audit.WriteAsync(context, accountId, AuditActions.AccountConnected, AccountChanges.Between(before: null, connection));
                break;
            case ConnectOutcome.Updated:
                await audit.WriteAsync(context, accountId, AuditActions.AccountUpdated, AccountChanges.Between(existing, connection));
                break;
            case ConnectOutcome.SecretMissing:
                errors.Add(answer.MissingSecret ?? "bitrix24", BodyFault.SecretRequired);
                return null;
            case ConnectOutcome.TokensTaken:
                errors.Add("bitrix24.oauth.refreshToken", new BodyFault(
                    FaultKind.TokensTaken,
                    $"is that of account {answer.TokensOf} already: a pair of tokens renews once, so that one of the two accounts would "
                    + "lose its access. Give this account a pair of its own, by another consent in Bitrix24.",
                    answer.TokensOf ?? ""));
                return null;
        }

        return answer;
    }

    /// <summary>Reads a little from both vendors, and stores nothing.</summary>
    public Task<ConnectionCheck> TryAsync(string accountId, AccountConnection connection, CancellationToken cancellationToken) =>
        // Any key will do; a fresh one lets several checks run beside each other.
        grains.GetGrain<IConnectionCheckGrain>("check/" + RandomNumberGenerator.GetHexString(16, lowercase: true))
            .CheckAsync(connection, accountId, cancellationToken);

    /// <summary>Reads a little from both vendors, and stores nothing.</summary>
    /// <param name="body">The well-formed members of what the caller sent, all secrets included.</param>
    /// <param name="errors">What is known to be wrong already, and where faults go.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What the vendors said; null when something is wrong with the body.</returns>
    public async Task<ConnectionCheck?> TryAsync(AccountBody body, BodyErrors errors, CancellationToken cancellationToken) =>
        Judge(AccountSecrets.NoAccount, body, existing: null, errors) is { } connection
            ? await TryAsync(AccountSecrets.NoAccount, connection, cancellationToken)
            : null;

    /// <summary>Disconnects an account and erases what is known of it; answers whether there was one.</summary>
    public async Task<bool> DisconnectAsync(HttpContext context, string accountId)
    {
        if (grains.FindPortal(accountId) is not { } portal || !await portal.DisconnectAsync())
        {
            return false;
        }

        audit.LogDisconnected(context, accountId);
        return true;
    }

    private AccountConnection? Judge(string owner, AccountBody body, AccountView? existing, BodyErrors errors) =>
        new AccountBodyRules(body, existing, addresses, new SecretRules(secrets, owner, errors), errors).Judge();
}
