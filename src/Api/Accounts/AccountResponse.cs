using System.Text.Json.Serialization;
using OrleansSync.Api.Problems;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Accounts;

/// <summary>An account as it is shown: without secrets.</summary>
/// <param name="AccountId">The account's id.</param>
/// <param name="DisplayName">The name people see.</param>
/// <param name="ConnectedAt">When it was first connected, in UTC.</param>
/// <param name="Bitrix24">The Bitrix24 side.</param>
/// <param name="Portal">
/// Which portal it is, as the last renewal of OAuth tokens told; null until one did, and with a webhook.
/// </param>
/// <param name="CallGear">The CallGear side.</param>
/// <param name="Settings">What imports of the account do, and leave alone.</param>
/// <param name="Status">The account's status.</param>
/// <param name="Problem">What is wrong; null when all is well.</param>
/// <param name="LastRun">The last run that runs or has ended; null before the first.</param>
/// <param name="NextRunAt">When the schedule imports next, in UTC; null while it is off.</param>
/// <param name="LastSuccessAt">When an import of everybody last got through, in UTC; null for never.</param>
/// <param name="FailingSince">Since when imports do not get through, in UTC; null unless the account is failing.</param>
/// <param name="Counts">Numbers of users.</param>
internal sealed record AccountResponse(
    string AccountId,
    string DisplayName,
    DateTime ConnectedAt,
    Bitrix24Response Bitrix24,
    PortalResponse? Portal,
    CallGearResponse CallGear,
    AccountSettings Settings,
    AccountStatus Status,
    CodedMessage? Problem,
    RunSummaryResponse? LastRun,
    DateTime? NextRunAt,
    DateTime? LastSuccessAt,
    DateTime? FailingSince,
    AccountCountsResponse Counts)
{
    public static AccountResponse From(AccountView view) => new(
        view.AccountId,
        view.Connection.DisplayName,
        view.ConnectedAt.UtcDateTime,
        Bitrix24Response.From(view),
        view.Portal is { } portal ? new PortalResponse(portal.Host, portal.MemberId) : null,
        new CallGearResponse(view.Connection.CallGear.BaseUrl, SecretRules.Mask, view.Connection.CallGear.UserId),
        view.Connection.Settings,
        view.Status,
        CodedMessage.From(view.Problem),
        view.LastRun is { } run ? RunSummaryResponse.From(run) : null,
        view.NextRunAt?.UtcDateTime,
        view.LastSuccessAt?.UtcDateTime,
        view.FailingSince?.UtcDateTime,
        new AccountCountsResponse(view.Counts.Employees, view.Counts.Responsible, view.Counts.Skipped));
}

/// <summary>The Bitrix24 side of an account as it is shown.</summary>
/// <param name="Edition">The portal's edition.</param>
/// <param name="WebhookUrl">The webhook with its secret masked; null with OAuth.</param>
/// <param name="OAuth">The OAuth application; null with a webhook.</param>
/// <param name="ApplicationToken">A mask when there is one; null when no events are taken.</param>
internal sealed record Bitrix24Response(
    Bitrix24Edition Edition,
    string? WebhookUrl,
    [property: JsonPropertyName("oauth")] OAuthResponse? OAuth,
    string? ApplicationToken)
{
    public static Bitrix24Response From(AccountView view)
    {
        var access = view.Connection.Bitrix24;
        return new Bitrix24Response(
            access.Edition,
            access.IsOAuth ? null : access.DisplayAddress,
            access.IsOAuth ? new OAuthResponse(access.DisplayAddress, SecretRules.Mask, SecretRules.Mask) : null,
            view.HasApplicationToken ? SecretRules.Mask : null);
    }
}

/// <summary>An OAuth application as it is shown.</summary>
/// <param name="ClientEndpoint">Address below which the portal's methods are.</param>
/// <param name="AccessToken">A mask.</param>
/// <param name="RefreshToken">A mask.</param>
internal sealed record OAuthResponse(string ClientEndpoint, string AccessToken, string RefreshToken);

/// <summary>A portal as Bitrix24 names it.</summary>
/// <param name="Host">Its present host, with its port where that is not the scheme's own.</param>
/// <param name="MemberId">Its id, which stays when its address changes; null if it was not told.</param>
internal sealed record PortalResponse(string Host, string? MemberId);

/// <summary>The CallGear side of an account as it is shown.</summary>
/// <param name="BaseUrl">The address of the Data API.</param>
/// <param name="AccessToken">A mask.</param>
/// <param name="UserId">The customer of an agent's key; null otherwise.</param>
internal sealed record CallGearResponse(string BaseUrl, string AccessToken, long? UserId);

/// <summary>How many users of each kind an account has; one user may be of several kinds.</summary>
/// <param name="Employees">Users that are imported and not deleted.</param>
/// <param name="Responsible">Employees on the list of responsible ones.</param>
/// <param name="Skipped">Users skipped by the last run.</param>
internal sealed record AccountCountsResponse(int Employees, int Responsible, int Skipped);
