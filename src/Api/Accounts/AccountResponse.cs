using System.Text.Json.Serialization;
using OrleansSync.Api.Problems;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Accounts;

/// <summary>An account as it is shown: without secrets.</summary>
internal sealed record AccountResponse
{
    /// <summary>The account's id.</summary>
    public required string AccountId { get; init; }

    /// <summary>The name people see.</summary>
    public required string DisplayName { get; init; }

    /// <summary>When it was first connected, in UTC.</summary>
    public required DateTime ConnectedAt { get; init; }

    /// <summary>The Bitrix24 side.</summary>
    public required Bitrix24Response Bitrix24 { get; init; }

    /// <summary>Which portal it is, as the last renewal of OAuth tokens told; null until one did, and with a webhook.</summary>
    public required PortalResponse? Portal { get; init; }

    /// <summary>The CallGear side.</summary>
    public required CallGearResponse CallGear { get; init; }

    public required AccountSettings Settings { get; init; }

    /// <summary>The account's status.</summary>
    public required AccountStatus Status { get; init; }

    /// <summary>What is wrong; null when all is well.</summary>
    public required CodedMessage? Problem { get; init; }

    /// <summary>The last run that runs or has ended; null before the first.</summary>
    public required RunSummaryResponse? LastRun { get; init; }

    /// <summary>When the schedule imports next, in UTC; null while it is off.</summary>
    public required DateTime? NextRunAt { get; init; }

    /// <summary>Numbers of users.</summary>
    public required AccountCountsResponse Counts { get; init; }

    public static AccountResponse From(AccountView view) => new()
    {
        AccountId = view.AccountId,
        DisplayName = view.Connection.DisplayName,
        ConnectedAt = view.ConnectedAt.UtcDateTime,
        Bitrix24 = Bitrix24Response.From(view),
        Portal = view.Portal is { } portal ? new PortalResponse(portal.Host, portal.MemberId) : null,
        CallGear = new CallGearResponse(view.Connection.CallGear.BaseUrl, SecretMask.Text, view.Connection.CallGear.UserId),
        Settings = view.Connection.Settings,
        Status = view.Status,
        Problem = CodedMessage.From(view.Problem),
        LastRun = view.LastRun is { } run ? RunSummaryResponse.From(run) : null,
        NextRunAt = view.NextRunAt?.UtcDateTime,
        Counts = new AccountCountsResponse(view.Counts.Employees, view.Counts.Responsible, view.Counts.Skipped),
    };
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
            access.IsOAuth ? new OAuthResponse(access.DisplayAddress, SecretMask.Text, SecretMask.Text) : null,
            view.HasApplicationToken ? SecretMask.Text : null);
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
