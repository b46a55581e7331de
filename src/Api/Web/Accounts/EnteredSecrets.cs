using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.DataProtection;

namespace OrleansSync.Api.Web.Accounts;

/// <summary>
/// Keeps the secrets of a form that has to be mended from having to be typed again. They go to the browser and back protected, for a
/// quarter of an hour, so that neither a page nor a server's memory holds them plain.
/// </summary>
internal sealed class EnteredSecrets(IDataProtectionProvider protection)
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromMinutes(15);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("OrleansSync.Web.EnteredSecrets")
        .ToTimeLimitedDataProtector();

    /// <summary>Protects what was typed.</summary>
    public string Keep(ConnectForm form) => _protector.Protect(
        JsonSerializer.Serialize(new Entered(form.WebhookUrl, form.ApplicationToken, form.AccessToken), EnteredJson.Default.Entered),
        _lifetime);

    /// <summary>
    /// Fills in what was typed before and is blank now. What cannot be read any more is blank, as if it had never been typed.
    /// </summary>
    public void Restore(ConnectForm form, string? kept)
    {
        if (string.IsNullOrEmpty(kept))
        {
            return;
        }

        try
        {
            var entered = JsonSerializer.Deserialize(_protector.Unprotect(kept), EnteredJson.Default.Entered)!;
            form.WebhookUrl = Typed(form.WebhookUrl) ?? entered.WebhookUrl;
            form.ApplicationToken = Typed(form.ApplicationToken) ?? entered.ApplicationToken;
            form.AccessToken = Typed(form.AccessToken) ?? entered.AccessToken;
        }
        catch (CryptographicException)
        {
            // Too old, or not of this service's making.
        }
    }

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    internal sealed record Entered(string? WebhookUrl, string? ApplicationToken, string? AccessToken)
    {
        /// <summary>Shows nothing of the secrets.</summary>
        public override string ToString() => nameof(Entered);
    }
}

[JsonSerializable(typeof(EnteredSecrets.Entered))]
internal sealed partial class EnteredJson : JsonSerializerContext;
