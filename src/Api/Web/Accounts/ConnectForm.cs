using System.Globalization;
using OrleansSync.Api.Accounts;
using OrleansSync.Api.Bodies;
using OrleansSync.Api.Web.Account;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Web.Accounts;

/// <summary>What a person fills in to connect an account. A class, not a record, because a record would print its secrets.</summary>
internal sealed class ConnectForm
{
    public string? AccountId { get; set; }

    public string? DisplayName { get; set; }

    public Bitrix24Edition Edition { get; set; }

    /// <summary>Whether a person consents in the portal, instead of giving a webhook.</summary>
    public bool ByConsent { get; set; }

    /// <summary>With <see cref="ByConsent"/>: the portal, as a host's name or an address.</summary>
    public string? Portal { get; set; }

    /// <summary>The incoming webhook; blank keeps the one that is known.</summary>
    public string? WebhookUrl { get; set; }

    /// <summary>The secret of events; blank keeps the one that is known.</summary>
    public string? ApplicationToken { get; set; }

    public string? BaseUrl { get; set; }

    /// <summary>The CallGear key; blank keeps the one that is known.</summary>
    public string? AccessToken { get; set; }

    /// <summary>The customer of an agent's key, as it was typed.</summary>
    public string? UserId { get; set; }

    /// <summary>R5.2.</summary>
    public PhoneNumberChoice PhoneNumbers { get; set; }

    /// <summary>R5.6.</summary>
    public bool FillMissingPhones { get; set; }

    /// <summary>R8.1, as it was typed.</summary>
    public string? MaxDeletionsPercent { get; set; } = Text(AccountSettings.Default.MaxDeletionsPercent);

    /// <summary>R7.3, as it was typed.</summary>
    public string? ResponsibleGroupId { get; set; }

    /// <summary>R1.5.</summary>
    public bool Paused { get; set; }

    /// <summary>
    /// Whether the person knows that the same portal and the same CallGear account are connected under another id, and wants it all the
    /// same.
    /// </summary>
    public bool Again { get; set; }

    /// <summary>The form of an account that is there, without its secrets.</summary>
    public static ConnectForm Of(AccountView account) => new()
    {
        AccountId = account.AccountId,
        DisplayName = account.Connection.DisplayName,
        Edition = account.Connection.Bitrix24.Edition,
        Portal = account.Connection.Bitrix24.IsOAuth ? PortalPages.Of(account.Connection.Bitrix24) : null,
        BaseUrl = account.Connection.CallGear.BaseUrl,
        UserId = Text(account.Connection.CallGear.UserId),
        PhoneNumbers = account.Connection.Settings.PhoneNumbers,
        FillMissingPhones = account.Connection.Settings.FillMissingPhones,
        MaxDeletionsPercent = Text(account.Connection.Settings.MaxDeletionsPercent),
        ResponsibleGroupId = Text(account.Connection.Settings.ResponsibleGroupId),
        Paused = account.Connection.Settings.Paused,
    };

    /// <summary>The same as a program would send it.</summary>
    public AccountBody ToBody(BodyErrors errors) => new()
    {
        DisplayName = Given(DisplayName),
        Bitrix24 = new Bitrix24Body
        {
            Edition = Edition,
            WebhookUrl = ByConsent ? null : Given(WebhookUrl),
            OAuth = ByConsent ? new OAuthBody { ClientEndpoint = Endpoint(), IsGrantedLater = true } : null,
            ApplicationToken = Given(ApplicationToken),
        },
        CallGear = new CallGearBody
        {
            BaseUrl = Given(BaseUrl),
            AccessToken = Given(AccessToken),
            UserId = Number(UserId, "callGear.userId", BodyFault.Positive, errors),
        },
        Settings = new SettingsBody
        {
            PhoneNumbers = PhoneNumbers,
            FillMissingPhones = FillMissingPhones,
            MaxDeletionsPercent = (int?)Number(
                MaxDeletionsPercent, "settings.maxDeletionsPercent", BodyFault.Percent, errors, int.MaxValue),
            ResponsibleGroupId = Number(ResponsibleGroupId, "settings.responsibleGroupId", BodyFault.Positive, errors),
            Paused = Paused,
        },
    };

    private string? Endpoint()
    {
        if (Given(Portal) is not { } portal)
        {
            return null;
        }

        var address = portal.Contains("://", StringComparison.Ordinal) ? portal : "https://" + portal;
        return address.TrimEnd('/') is var root && root.EndsWith("/rest", StringComparison.Ordinal) ? root + "/" : root + "/rest/";
    }

    // A field for a number is text until it is read: what is no number must come back to whoever typed it, and not be taken for nothing.
    private static long? Number(string? text, string path, BodyFault fault, BodyErrors errors, long most = long.MaxValue)
    {
        if (Given(text) is not { } given)
        {
            return null;
        }

        if (long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
        {
            return number;
        }

        errors.Add(path, fault);
        return null;
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
