using System.Text.Json.Serialization;
using OrleansSync.Api.Problems;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Accounts;

/// <summary>An account as it is shown: without secrets.</summary>
internal sealed record AccountAnswer
{
    /// <summary>The account's id.</summary>
    public required string AccountId { get; init; }

    /// <summary>The name people see.</summary>
    public required string DisplayName { get; init; }

    /// <summary>When it was first connected, in UTC.</summary>
    public required DateTime ConnectedAt { get; init; }

    /// <summary>The Bitrix24 side.</summary>
    public required Bitrix24Answer Bitrix24 { get; init; }

    /// <summary>The CallGear side.</summary>
    public required CallGearAnswer CallGear { get; init; }

    public required AccountSettings Settings { get; init; }

    /// <summary>The account's status.</summary>
    public required AccountStatus Status { get; init; }

    /// <summary>What is wrong; null when all is well.</summary>
    public required CodedMessage? Problem { get; init; }

    /// <summary>The last run that runs or has ended; null before the first.</summary>
    public required RunSummaryAnswer? LastRun { get; init; }

    /// <summary>When the schedule imports next, in UTC; null while it is off.</summary>
    public required DateTime? NextRunAt { get; init; }

    /// <summary>Numbers of users.</summary>
    public required AccountCountsAnswer Counts { get; init; }

    public static AccountAnswer From(AccountView view) => new()
    {
        AccountId = view.AccountId,
        DisplayName = view.Connection.DisplayName,
        ConnectedAt = view.ConnectedAt.UtcDateTime,
        Bitrix24 = Bitrix24Answer.From(view),
        CallGear = new CallGearAnswer(view.Connection.CallGear.BaseUrl, SecretMask.Text, view.Connection.CallGear.UserId),
        Settings = view.Connection.Settings,
        Status = view.Status,
        Problem = CodedMessage.From(view.Problem),
        LastRun = view.LastRun is { } run ? RunSummaryAnswer.From(run) : null,
        NextRunAt = view.NextRunAt?.UtcDateTime,
        Counts = new AccountCountsAnswer(view.Counts.Employees, view.Counts.Responsible, view.Counts.Skipped),
    };
}

/// <summary>The Bitrix24 side of an account as it is shown.</summary>
/// <param name="Edition">The portal's edition.</param>
/// <param name="WebhookUrl">The webhook with its secret masked; null with OAuth.</param>
/// <param name="OAuth">The OAuth application; null with a webhook.</param>
/// <param name="ApplicationToken">A mask when there is one; null when no events are taken.</param>
internal sealed record Bitrix24Answer(
    Bitrix24Edition Edition,
    string? WebhookUrl,
    [property: JsonPropertyName("oauth")] OAuthAnswer? OAuth,
    string? ApplicationToken)
{
    public static Bitrix24Answer From(AccountView view)
    {
        var access = view.Connection.Bitrix24;
        return new Bitrix24Answer(
            access.Edition,
            access.IsOAuth ? null : access.DisplayAddress,
            access.IsOAuth ? new OAuthAnswer(access.DisplayAddress, SecretMask.Text, SecretMask.Text) : null,
            view.HasApplicationToken ? SecretMask.Text : null);
    }
}

/// <summary>An OAuth application as it is shown.</summary>
/// <param name="ClientEndpoint">Address below which the portal's methods are.</param>
/// <param name="AccessToken">A mask.</param>
/// <param name="RefreshToken">A mask.</param>
internal sealed record OAuthAnswer(string ClientEndpoint, string AccessToken, string RefreshToken);

/// <summary>The CallGear side of an account as it is shown.</summary>
/// <param name="BaseUrl">The address of the Data API.</param>
/// <param name="AccessToken">A mask.</param>
/// <param name="UserId">The customer of an agent's key; null otherwise.</param>
internal sealed record CallGearAnswer(string BaseUrl, string AccessToken, long? UserId);

/// <summary>How many users of each kind an account has; one user may be of several kinds.</summary>
/// <param name="Employees">Users that are imported and not deleted.</param>
/// <param name="Responsible">Employees on the list of responsible ones.</param>
/// <param name="Skipped">Users skipped by the last run.</param>
internal sealed record AccountCountsAnswer(int Employees, int Responsible, int Skipped);
