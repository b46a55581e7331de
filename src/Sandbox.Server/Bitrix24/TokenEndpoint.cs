using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>Serves <c>/oauth/token/</c>, the vendor's central place for obtaining and renewing tokens of all portals.</summary>
internal sealed class TokenEndpoint(
    ConcurrentDictionary<string, BitrixPortal> portals, SandboxOptions options, VendorExchange exchange, TimeProvider time)
{
    /// <summary>Name under which renewals are logged and faults are set.</summary>
    public const string Method = "oauth.token";

    /// <summary>Serves one exchange of a code, or one renewal.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        try
        {
            var parameters = await RestBody.ReadAsync(context.Request, context.RequestAborted);
            var refreshToken = RestParameters.Text(parameters["refresh_token"]);
            // The token's owner is found by the newest token or, so that a used one is logged with its portal too, by any earlier one.
            var code = RestParameters.Text(parameters["code"]);
            var portal = refreshToken is not null ? portals.Values.FirstOrDefault(p => p.Tokens.HasIssued(refreshToken))
                : code is not null ? portals.Values.FirstOrDefault(p => p.Tokens.HasMade(code))
                : null;
            await exchange.RunAsync(
                context,
                new VendorRequest(Vendor.Bitrix24, portal?.Id ?? "", Method),
                () => Issue(portal, parameters, refreshToken, code),
                RestCalls.Refuse);
        }
        catch (RestException refusal)
        {
            await exchange.RunAsync(context, new VendorRequest(Vendor.Bitrix24, "", Method), () => RestCalls.Answer(refusal.Error));
        }
    }

    private VendorResponse Issue(BitrixPortal? portal, JsonObject parameters, string? refreshToken, string? code)
    {
        try
        {
            var isExchange = RestParameters.Text(parameters["grant_type"]) == "authorization_code" && code is not null;
            if (!isExchange && (RestParameters.Text(parameters["grant_type"]) != "refresh_token" || refreshToken is null))
            {
                throw new RestException(RestError.Of("invalid_request"));
            }

            if (RestParameters.Text(parameters["client_id"]) != options.OAuthClientId ||
                RestParameters.Text(parameters["client_secret"]) != options.OAuthClientSecret)
            {
                throw new RestException(RestError.Of("invalid_client"));
            }

            if (portal is null)
            {
                throw new RestException(RestError.Of("invalid_grant"));
            }

            var (access, refresh, expiresIn) = isExchange ? portal.Tokens.Exchange(code!) : portal.Tokens.Renew(refreshToken!);
            return Answer(portal, access, refresh, expiresIn);
        }
        catch (RestException refusal)
        {
            return RestCalls.Answer(refusal.Error);
        }
    }

    private VendorResponse Answer(
        BitrixPortal portal, string access, string refresh, int expiresIn) => VendorResponse.Json(200, null, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("access_token", access);
        writer.WriteNumber("expires", time.GetUtcNow().ToUnixTimeSeconds() + expiresIn);
        writer.WriteNumber("expires_in", expiresIn);
        writer.WriteString("scope", string.Join(',', portal.Settings.Scopes));
        writer.WriteString("domain", "oauth.bitrix.info");
        writer.WriteString("server_endpoint", "https://oauth.bitrix.info/rest/");
        writer.WriteString("status", "L");
        if ((portal.Settings.RenewalEndpoint ?? portal.ClientEndpoint.AbsoluteUri) is { Length: > 0 } endpoint)
        {
            writer.WriteString("client_endpoint", endpoint);
        }

        writer.WriteString("member_id", portal.MemberId);
        writer.WriteNumber("user_id", portal.Settings.WebhookUserId);
        writer.WriteString("refresh_token", refresh);
        writer.WriteEndObject();
    });
}
