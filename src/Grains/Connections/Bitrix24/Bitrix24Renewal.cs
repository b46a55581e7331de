using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using OrleansSync.Bitrix24;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Connections;

/// <summary>What came of a renewal.</summary>
/// <param name="Failure">Why there are no new tokens; null when they are stored.</param>
/// <param name="IsPassing">Whether it may well succeed shortly.</param>
internal readonly record struct RenewalOutcome(CallFailure? Failure, bool IsPassing);

/// <summary>
/// Renews an account's tokens, one renewal at a time however many calls ask for it: each renewal uses the refresh token up and brings a new
/// one, which is stored before anything is called with it. Source: the vendor's page on OAuth.
/// </summary>
internal sealed partial class Bitrix24Renewal(
    string account, StoredState<Bitrix24ConnectionState> state, ConnectionEnvironment environment, ILogger logger)
{
    private readonly string _subject = $"Account {account}";
    private Task<RenewalOutcome>? _underWay;

    // A pair that came and could not be stored yet, with the refresh token it replaces: asking again would be refused.
    private (ProtectedText Replaces, ProtectedText Access, ProtectedText Refresh)? _unstored;

    /// <summary>Renews the tokens, unless that has happened since they were refused.</summary>
    /// <param name="refused">The access token that was refused.</param>
    /// <param name="sending">Is called when this call sends a request.</param>
    /// <param name="cancellationToken">Ends the wait, not the renewal: a pair whose answer nobody takes would be lost.</param>
    public async Task<RenewalOutcome> RenewAsync(ProtectedText refused, Action sending, CancellationToken cancellationToken)
    {
        if (state.Current.Access is not { RefreshToken: { } refreshToken } access || access.AccessToken != refused)
        {
            return default;
        }

        if (_underWay is null or { IsCompleted: true })
        {
            _underWay = RunAsync(refreshToken, sending);
        }

        return await _underWay.WaitAsync(cancellationToken);
    }

    private async Task<RenewalOutcome> RunAsync(ProtectedText refreshToken, Action sending)
    {
        if (_unstored?.Replaces != refreshToken)
        {
            if (await ObtainAsync(refreshToken, sending) is { } outcome)
            {
                return outcome;
            }
        }

        return await StoreAsync(refreshToken);
    }

    private async Task<RenewalOutcome?> ObtainAsync(ProtectedText refreshToken, Action sending)
    {
        if (!environment.OAuth.IsComplete)
        {
            return Refused(
                $"{_subject}: the Bitrix24 access token has expired, and this service has no OAuth application to renew it with. Have the operator set its client id and "
                + "secret, or connect the account with a webhook.");
        }

        string opened;
        try
        {
            opened = environment.Secrets.Open(account, refreshToken);
        }
        catch (CryptographicException)
        {
            return new RenewalOutcome(Bitrix24Opening.Unopenable(_subject), false);
        }

        sending();
        var result = await environment.Clients.Bitrix24OAuth()
            .RenewAsync(environment.OAuth.TokenEndpoint, environment.OAuth.ClientId, environment.OAuth.ClientSecret, opened, CancellationToken.None);
        if (!result.IsSuccess)
        {
            return await FailedAsync(refreshToken, result.Error);
        }

        _unstored = (
            refreshToken,
            environment.Secrets.Protect(account, result.Value.AccessToken),
            environment.Secrets.Protect(account, result.Value.RefreshToken));
        return null;
    }

    private async Task<RenewalOutcome> StoreAsync(ProtectedText refreshToken)
    {
        var pair = _unstored!.Value;
        try
        {
            // Tokens that were entered meanwhile are newer than what was renewed.
            await state.UpdateAsync(stored => stored.Access is { } access && access.RefreshToken == refreshToken
                ? stored with { Access = access with { AccessToken = pair.Access, RefreshToken = pair.Refresh }, IsRenewalDoubtful = false }
                : stored);
        }
        catch (Exception exception)
        {
            LogNotStored(logger, exception, account);
            return new RenewalOutcome(
                Bitrix24Problems.Failure(
                    ProblemCode.Unreachable, $"{_subject}: the renewed Bitrix24 tokens could not be stored. It is tried again; check this service's database."),
                IsPassing: true);
        }

        _unstored = null;
        LogRenewed(logger, account);
        return default;
    }

    private async Task<RenewalOutcome> FailedAsync(ProtectedText refreshToken, Bitrix24Error error)
    {
        LogRefused(logger, account, error.Kind, error.Code);
        if (error.Kind == Bitrix24ErrorKind.Unauthorized && state.Current.IsRenewalDoubtful)
        {
            return Refused(
                $"{_subject}: Bitrix24 refused to renew the tokens. The answer to an earlier renewal was lost, so that the stored refresh token has probably been used up. "
                + "Connect the account again with new tokens.");
        }

        var failure = Bitrix24Problems.Of(_subject, error);
        var isLost = error.Kind is Bitrix24ErrorKind.Unavailable or Bitrix24ErrorKind.InvalidAnswer
            && !FailureCauses.IsAddressRefused(error.Cause) && !FailureCauses.IsNeverConnected(error.Cause);
        if (isLost)
        {
            await NoteLostAnswerAsync(refreshToken);
        }

        return new RenewalOutcome(failure, Bitrix24Problems.IsPassing(error));
    }

    private async Task NoteLostAnswerAsync(ProtectedText refreshToken)
    {
        try
        {
            await state.UpdateAsync(stored => stored.IsRenewalDoubtful || stored.Access?.RefreshToken != refreshToken
                ? stored
                : stored with { IsRenewalDoubtful = true });
        }
        catch (Exception exception)
        {
            // The note only makes a later refusal plainer; the call's own failure is what matters now.
            LogDoubtNotStored(logger, exception, account);
        }
    }

    private static RenewalOutcome Refused(string message) => new(Bitrix24Problems.Failure(ProblemCode.Bitrix24Unauthorized, message), false);
}
