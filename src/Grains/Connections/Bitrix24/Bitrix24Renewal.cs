using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Storage;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.Bitrix24;

/// <summary>
/// Renews an account's tokens, one renewal at a time however many calls ask for it: each renewal uses the refresh token up and brings a new
/// one, which is stored before anything is called with it. Source: the vendor's page on OAuth.
/// </summary>
internal sealed partial class Bitrix24Renewal(
    string account, StoredState<Bitrix24ConnectionState> state, ConnectionEnvironment environment, ILogger logger)
{
    private readonly string _subject = $"Account {account}";
    private (ProtectedText Replaces, Task<CallFailure?> Task)? _underWay;
    private bool _isOver;

    // A pair that came and could not be stored yet: asking again would be refused.
    private RenewedPair? _unstored;

    /// <summary>Renews the tokens, unless that has happened since they were refused.</summary>
    /// <param name="credentials">The account's credentials.</param>
    /// <param name="refused">The access token that was refused.</param>
    /// <param name="isMoved">Whether it was refused because the portal's address sends callers elsewhere.</param>
    /// <param name="sending">Is called when this call sends a request.</param>
    /// <param name="cancellationToken">Ends the wait, not the renewal: a pair whose answer nobody takes would be lost.</param>
    /// <returns>Why there are no new tokens; null when they are stored.</returns>
    public async Task<CallFailure?> RenewAsync(
        AccountCredentials credentials, ProtectedText refused, bool isMoved, Action sending, CancellationToken cancellationToken)
    {
        var access = state.Current.CurrentOf(credentials);
        if (access.RefreshToken is not { } refreshToken || access.AccessToken != refused)
        {
            return null;
        }

        if (_underWay is not { Task.IsCompleted: false } underWay || underWay.Replaces != refreshToken)
        {
            underWay = (refreshToken, RunAsync(credentials, refreshToken, isMoved, sending));
            _underWay = underWay;
        }

        return await underWay.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Stores nothing from now on, also of a renewal under way: the account's tokens are to be erased.</summary>
    public void Forget()
    {
        _isOver = true;
        _unstored = null;
    }

    private async Task<CallFailure?> RunAsync(
        AccountCredentials credentials, ProtectedText refreshToken, bool isMoved, Action sending)
    {
        if (_unstored is not { } pair || pair.Replaces != refreshToken)
        {
            var (obtained, failure) = await ObtainAsync(credentials, refreshToken, isMoved, sending);
            if (obtained is null)
            {
                return failure;
            }

            pair = _unstored = obtained;
        }

        return await StoreAsync(credentials, pair);
    }

    private async Task<(RenewedPair? Pair, CallFailure? Failure)> ObtainAsync(
        AccountCredentials credentials, ProtectedText refreshToken, bool isMoved, Action sending)
    {
        if (!environment.OAuth.IsComplete)
        {
            return (null, Refused(
                $"{_subject}: the Bitrix24 access token has expired, and this service has no OAuth application to renew it with. "
                + "Have the operator set its client id and secret, or connect the account with a webhook."));
        }

        string opened;
        try
        {
            opened = environment.Secrets.Open(account, refreshToken);
        }
        catch (CryptographicException)
        {
            return (null, Bitrix24Opening.Unopenable(_subject));
        }

        sending();
        var result = await environment.Clients.Bitrix24OAuth()
            .RenewAsync(environment.OAuth.TokenEndpoint, environment.OAuth.ClientId, environment.OAuth.ClientSecret,
                opened, CancellationToken.None);
        if (!result.IsSuccess)
        {
            return (null, await FailedAsync(credentials, refreshToken, result.Error));
        }

        var pair = new RenewedPair(
            refreshToken,
            environment.Secrets.Protect(account, result.Value.AccessToken),
            environment.Secrets.Protect(account, result.Value.RefreshToken),
            ToldPortal.Of(result.Value, credentials, isMoved, environment.Outbound));
        return (pair, null);
    }

    private async Task<CallFailure?> StoreAsync(AccountCredentials credentials, RenewedPair pair)
    {
        try
        {
            await state.UpdateAsync(stored => _isOver ? stored : stored.Renewed(credentials, pair.Access, pair.Refresh, pair.Portal));
        }
        catch (Exception exception)
        {
            LogNotStored(logger, exception, account);
            return CallFailure.Of(
                ProblemCode.Unreachable,
                $"{_subject}: the renewed Bitrix24 tokens could not be stored. It is tried again; check this service's database.") with
            {
                IsPassing = true,
            };
        }

        _unstored = _unstored == pair ? null : _unstored;
        LogRenewed(logger, account);
        return null;
    }

    private async Task<CallFailure> FailedAsync(AccountCredentials credentials, ProtectedText refreshToken, VendorError error)
    {
        LogRefused(logger, account, error.Kind, error.Code);
        if (error.Kind == VendorErrorKind.Unauthorized && state.Current.IsDoubtful(credentials))
        {
            return Refused(
                $"{_subject}: Bitrix24 refused to renew the tokens. The answer to an earlier renewal was lost, so that the stored refresh "
                + "token has probably been used up. Connect the account again with new tokens.");
        }

        var failure = Bitrix24Problems.Of(_subject, error);
        var isLost = error.Kind is VendorErrorKind.Unavailable or VendorErrorKind.InvalidAnswer
            && !error.IsAddressRefused() && !error.IsNeverConnected;
        if (isLost)
        {
            await NoteLostAnswerAsync(credentials, refreshToken);
        }

        return failure;
    }

    private async Task NoteLostAnswerAsync(AccountCredentials credentials, ProtectedText refreshToken)
    {
        try
        {
            await state.UpdateAsync(stored => _isOver ? stored : stored.Doubted(credentials, refreshToken));
        }
        catch (Exception exception)
        {
            // The note only makes a later refusal plainer; the call's own failure is what matters now.
            LogDoubtNotStored(logger, exception, account);
        }
    }

    private static CallFailure Refused(string message) => CallFailure.Of(ProblemCode.Bitrix24Unauthorized, message);

    private sealed record RenewedPair(ProtectedText Replaces, ProtectedText Access, ProtectedText Refresh, ToldPortal? Portal);
}
