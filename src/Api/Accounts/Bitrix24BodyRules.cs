using OrleansSync.Api.Bodies;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Outbound;

namespace OrleansSync.Api.Accounts;

/// <summary>Judges the Bitrix24 side of a body.</summary>
/// <param name="existing">The side as it is; null when the account is new.</param>
/// <param name="hasApplicationToken">Whether an application token is stored.</param>
/// <param name="addresses">Which addresses may be named. What a name stands for is judged at each call.</param>
/// <param name="secrets">Judges secrets and protects them.</param>
/// <param name="errors">What is known to be wrong already, and where faults go.</param>
internal sealed class Bitrix24BodyRules(
    Bitrix24Access? existing, bool hasApplicationToken, OutboundAddressPolicy addresses, SecretRules secrets, BodyErrors errors)
{
    private const string EditionPath = "bitrix24.edition";
    private const string WebhookPath = "bitrix24.webhookUrl";
    private const string OAuthPath = "bitrix24.oauth";
    private const string EndpointPath = "bitrix24.oauth.clientEndpoint";

    /// <summary>The side, or null when something is wrong.</summary>
    public Bitrix24Access? Judge(Bitrix24Body? body)
    {
        if (body is null)
        {
            return null;
        }

        if (body.Edition is null && !errors.Has(EditionPath))
        {
            errors.Add(EditionPath, "is required: cloud or onPremise.");
        }

        var edition = body.Edition ?? default;
        var applicationToken = secrets.Protected(
            "bitrix24.applicationToken", body.ApplicationToken, hasApplicationToken, isRequired: false);
        return (body.WebhookUrl, body.OAuth) switch
        {
            (not null, not null) => RefuseBoth(),
            ({ } webhook, null) => Webhook(edition, webhook, applicationToken),
            (null, { } oauth) => OAuth(edition, oauth, applicationToken),
            _ => Kept(edition, applicationToken),
        };
    }

    private Bitrix24Access? RefuseBoth()
    {
        const string message = "only one of webhookUrl and oauth may be given.";
        errors.Add(WebhookPath, message);
        errors.Add(OAuthPath, message);
        return null;
    }

    private Bitrix24Access? Kept(Bitrix24Edition edition, ProtectedText? applicationToken)
    {
        if (existing is not null)
        {
            return Stored(existing, edition, applicationToken);
        }

        if (!errors.Has(WebhookPath) && !errors.Has(OAuthPath))
        {
            errors.Add(WebhookPath, new BodyFault(FaultKind.Required, "is required, unless oauth is given."));
        }

        return null;
    }

    private Bitrix24Access? Webhook(Bitrix24Edition edition, string text, ProtectedText? applicationToken)
    {
        var stored = existing is { IsOAuth: false } ? existing : null;
        if (secrets.Read(WebhookPath, text, stored is not null, isRequired: true, stored?.DisplayAddress) is not { } url)
        {
            return stored is null ? null : Stored(stored, edition, applicationToken);
        }

        if (!WebhookAddress.TryParse(url, out var address))
        {
            errors.Add(WebhookPath, new BodyFault(
                FaultKind.WebhookForm,
                "must have the form https://HOST[/PATH]/rest/{user}/{secret}/ with the number of the user who made the webhook."));
            return null;
        }

        errors.AddRefused(WebhookPath, addresses.WhyRefused(address.Url));
        return new Bitrix24Access
        {
            Edition = edition,
            DisplayAddress = address.Masked,
            PortalKey = address.PortalKey,
            IsOAuth = false,
            WebhookUrl = secrets.Protect(address.Url.AbsoluteUri),
            ApplicationToken = applicationToken,
        };
    }

    private Bitrix24Access? OAuth(Bitrix24Edition edition, OAuthBody body, ProtectedText? applicationToken)
    {
        var isStored = existing is { IsOAuth: true };
        var accessToken = secrets.Protected("bitrix24.oauth.accessToken", body.AccessToken, isStored, isRequired: !body.IsGrantedLater);
        var refreshToken = secrets.Protected("bitrix24.oauth.refreshToken", body.RefreshToken, isStored, isRequired: !body.IsGrantedLater);
        if (Endpoint(body) is not { } endpoint)
        {
            return null;
        }

        errors.AddRefused(EndpointPath, addresses.WhyRefused(endpoint.Url));
        return new Bitrix24Access
        {
            Edition = edition,
            DisplayAddress = endpoint.Url.AbsoluteUri,
            PortalKey = endpoint.PortalKey,
            IsOAuth = true,
            AccessToken = accessToken,
            RefreshToken = refreshToken,
            ApplicationToken = applicationToken,
        };
    }

    private ClientEndpoint? Endpoint(OAuthBody body)
    {
        if (!ClientEndpoint.TryParse(body.ClientEndpoint, out var endpoint) && !errors.Has(EndpointPath))
        {
            errors.Add(EndpointPath, body.ClientEndpoint is null
                ? BodyFault.Required
                : new BodyFault(FaultKind.PortalForm, "must have the form https://HOST[/PATH]/rest/ of a portal."));
        }

        return endpoint;
    }

    private static Bitrix24Access Stored(Bitrix24Access stored, Bitrix24Edition edition, ProtectedText? applicationToken) => stored with
    {
        Edition = edition,
        WebhookUrl = null,
        AccessToken = null,
        RefreshToken = null,
        ApplicationToken = applicationToken,
    };
}
