using System.Security.Cryptography;
using System.Text;
using OrleansSync.Bitrix24.OAuth;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Connections.Authorizations;

/// <inheritdoc cref="IBitrix24AuthorizationGrain"/>
internal sealed class Bitrix24AuthorizationGrain(ConnectionEnvironment environment) : Grain, IBitrix24AuthorizationGrain
{
    /// <summary>How long a person may take in Bitrix24: time to sign in there and to ask a colleague.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private const string Subject = "The connection's Bitrix24 side";

    private static readonly AuthorizationAnswer _unknown = new(AuthorizationOutcome.Unknown);

    private PendingAuthorization? _pending;
    private DateTimeOffset _ends;

    /// <inheritdoc />
    public Task BeginAsync(PendingAuthorization pending)
    {
        (_pending, _ends) = (pending, environment.Time.GetUtcNow() + Lifetime);
        DelayDeactivation(Lifetime);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task<AuthorizationAnswer> CompleteAsync(string session, ProtectedText? code, CancellationToken cancellationToken)
    {
        if (_pending is not { } pending || environment.Time.GetUtcNow() >= _ends)
        {
            DeactivateOnIdle();
            return _unknown;
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(session), Encoding.UTF8.GetBytes(pending.Session)))
        {
            // It stays for the person who began it: to bring somebody else's answer must not be a way to break it off.
            return _unknown;
        }

        _pending = null;
        DeactivateOnIdle();
        return code is null
            ? new AuthorizationAnswer(AuthorizationOutcome.Denied, pending.AccountId)
            : await ExchangeAsync(pending, environment.Secrets.Open(AccountSecrets.NoAccount, code), cancellationToken);
    }

    private async Task<AuthorizationAnswer> ExchangeAsync(PendingAuthorization pending, string code, CancellationToken cancellationToken)
    {
        var accountId = pending.AccountId;
        if (!environment.OAuth.IsComplete)
        {
            return Refused(accountId, CallFailure.Of(
                ProblemCode.Bitrix24Unauthorized,
                $"{Subject}: this service has no OAuth application. Have the operator set its client id and secret for the silos too."));
        }

        var result = await environment.Clients.Bitrix24OAuth()
            .ExchangeAsync(
                environment.OAuth.TokenEndpoint, environment.OAuth.ClientId, environment.OAuth.ClientSecret, code, cancellationToken);
        if (!result.IsSuccess)
        {
            return Refused(accountId, Bitrix24Problems.Of(Subject, result.Error));
        }

        var access = pending.Connection.Bitrix24;
        return result.Value.ClientEndpoint is not { } endpoint || endpoint.PortalKey != access.PortalKey
            ? new AuthorizationAnswer(AuthorizationOutcome.AnotherPortal, accountId)
            : new AuthorizationAnswer(
                AuthorizationOutcome.Granted, accountId, pending.Connection with { Bitrix24 = Granted(access, accountId, result.Value) });
    }

    private Bitrix24Access Granted(Bitrix24Access access, string accountId, Bitrix24TokenPair pair) => access with
    {
        AccessToken = environment.Secrets.Protect(accountId, pair.AccessToken),
        RefreshToken = environment.Secrets.Protect(accountId, pair.RefreshToken),
    };

    private static AuthorizationAnswer Refused(string accountId, CallFailure failure) =>
        new(AuthorizationOutcome.Refused, accountId, Problem: failure.Problem);
}
