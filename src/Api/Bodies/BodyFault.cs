namespace OrleansSync.Api.Bodies;

/// <summary>
/// What can be wrong with what a caller sent. The web pages say it in the viewer's language by this; <see cref="Other"/> is never shown
/// there.
/// </summary>
internal enum FaultKind
{
    /// <summary>Concerns the shape of a body, which a form cannot have.</summary>
    Other,

    /// <summary>Is needed and missing.</summary>
    Required,

    /// <summary>A secret is needed, and none is stored that could be kept.</summary>
    SecretRequired,

    /// <summary>A masked secret came back, and it is not the stored one.</summary>
    SecretMasked,

    /// <summary>A secret is empty, too long or has white space. Argument: the most characters.</summary>
    SecretForm,

    /// <summary>No id of an account. Argument: the most characters.</summary>
    AccountIdForm,

    /// <summary>An account with this id is connected already.</summary>
    AccountIdTaken,

    /// <summary>An account with this id is still being erased.</summary>
    BeingErased,

    /// <summary>Blank, too long or with control characters. Argument: the most characters.</summary>
    DisplayNameForm,

    /// <summary>No webhook's address.</summary>
    WebhookForm,

    /// <summary>OAuth tokens that another account has. Argument: that account's id.</summary>
    TokensTaken,

    /// <summary>No portal's address.</summary>
    PortalForm,

    /// <summary>No Data API's address.</summary>
    BaseUrlForm,

    /// <summary>An address that the service may not reach.</summary>
    AddressRefused,

    /// <summary>No whole number from 0 to 100.</summary>
    Percent,

    /// <summary>No positive whole number.</summary>
    Positive,
}

/// <summary>What is wrong with one member.</summary>
/// <param name="Kind">What, for whoever says it otherwise.</param>
/// <param name="Message">What is wrong and what it should be, in English, to be read behind the member's path; never repeats a
/// secret.</param>
/// <param name="Arguments">What belongs into a translated sentence.</param>
internal sealed record BodyFault(FaultKind Kind, string Message, params object[] Arguments)
{
    /// <summary>The member is missing.</summary>
    public static BodyFault Required { get; } = new(FaultKind.Required, "is required.");

    /// <summary>A secret is missing.</summary>
    public static BodyFault SecretRequired { get; } = new(FaultKind.SecretRequired, "is required: there is no stored one to keep.");

    /// <summary>No positive whole number.</summary>
    public static BodyFault Positive { get; } = new(FaultKind.Positive, "must be a positive whole number, or null.");

    /// <summary>No whole number from 0 to 100.</summary>
    public static BodyFault Percent { get; } = new(FaultKind.Percent, "must be a whole number from 0 to 100.");
}
