using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Accounts;

/// <summary>
/// What connects an account. Every member may be missing here: what is required depends on whether the account is there already. A class,
/// not a record, because a record would print its secrets.
/// </summary>
internal sealed class AccountBody
{
    /// <summary>The name people see, 1 to 200 characters.</summary>
    [Required, MaxLength(AccountBodyRules.MaxDisplayNameLength)]
    public string? DisplayName { get; init; }

    /// <summary>How the Bitrix24 portal is reached.</summary>
    [Required]
    public Bitrix24Body? Bitrix24 { get; init; }

    /// <summary>How CallGear is reached.</summary>
    [Required]
    public CallGearBody? CallGear { get; init; }

    /// <summary>The account's choices; what is left out has its default.</summary>
    public SettingsBody? Settings { get; init; }
}

/// <summary>How the Bitrix24 portal is reached: by exactly one of <see cref="WebhookUrl"/> and <see cref="OAuth"/>.</summary>
internal sealed class Bitrix24Body
{
    /// <summary>The portal's edition.</summary>
    [Required]
    public Bitrix24Edition? Edition { get; init; }

    /// <summary>
    /// An incoming webhook, https://HOST[/PATH]/rest/{user}/{secret}/. A secret: in an update it may be left out to keep it.
    /// </summary>
    public string? WebhookUrl { get; init; }

    /// <summary>The tokens of an OAuth application.</summary>
    [JsonPropertyName("oauth")]
    public OAuthBody? OAuth { get; init; }

    /// <summary>
    /// The secret that proves the sender of events; without it no events are taken. In an update it may be left out to keep it.
    /// </summary>
    public string? ApplicationToken { get; init; }
}

/// <summary>The tokens of an OAuth application.</summary>
internal sealed class OAuthBody
{
    /// <summary>Address below which the portal's methods are, https://HOST[/PATH]/rest/.</summary>
    [Required]
    public string? ClientEndpoint { get; init; }

    /// <summary>Access token. In an update it may be left out to keep it.</summary>
    public string? AccessToken { get; init; }

    /// <summary>Refresh token. In an update it may be left out to keep it.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Whether the tokens come by a person's consent, after all else was judged. No member of the interface.</summary>
    [JsonIgnore]
    public bool IsGrantedLater { get; init; }
}

/// <summary>How CallGear is reached.</summary>
internal sealed class CallGearBody
{
    /// <summary>The address of the Data API, such as https://dataapi.callgear.com/v2.0.</summary>
    [Required]
    public string? BaseUrl { get; init; }

    /// <summary>The API key. In an update it may be left out to keep it.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The customer's id when the key belongs to an agent; null otherwise.</summary>
    public long? UserId { get; init; }
}

/// <summary>The account's choices.</summary>
internal sealed class SettingsBody
{
    /// <summary>R5.2: which numbers an employee without one gets. Default: the first.</summary>
    public PhoneNumberChoice? PhoneNumbers { get; init; }

    /// <summary>R5.6: whether a matched employee without a number gets one. Default: no.</summary>
    public bool? FillMissingPhones { get; init; }

    /// <summary>R8.1, R8.2: the share of disappearances, in percent, above which a run is held. Default: 30.</summary>
    [Range(0, 100)]
    public int? MaxDeletionsPercent { get; init; }

    /// <summary>R7.3: the CallGear employee group that follows the responsible employees. Default: none.</summary>
    public long? ResponsibleGroupId { get; init; }

    /// <summary>R1.5: whether imports by schedule and event are off. Default: no.</summary>
    public bool? Paused { get; init; }
}
