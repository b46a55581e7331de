using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace OrleansSync.Testing.Issuer;

/// <summary>
/// An issuer of OpenID Connect on loopback: discovery document, public key, tokens signed with the private one, and a page on which a
/// browser picks who it is.
/// </summary>
internal sealed class TokenIssuer : IAsyncDisposable
{
    public const string Audience = "orleanssync";

    public const string ClientId = "pages";

    public const string ClientSecret = "secret-of-the-pages";

    private const string KeyId = "key-1";

    private static readonly RSA _otherKey = RSA.Create(2048);

    private readonly Dictionary<string, (JsonObject Claims, string Challenge)> _allowed = new(StringComparer.Ordinal);
    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _server;

    private TokenIssuer(WebApplication server)
    {
        _server = server;
        server.MapGet("/.well-known/openid-configuration", () => Results.Text(new JsonObject
        {
            ["issuer"] = Authority.GetLeftPart(UriPartial.Authority),
            ["jwks_uri"] = new Uri(Authority, "keys").AbsoluteUri,
            ["authorization_endpoint"] = new Uri(Authority, "authorize").AbsoluteUri,
            ["token_endpoint"] = new Uri(Authority, "token").AbsoluteUri,
        }.ToJsonString()));
        server.MapGet("/authorize", (HttpRequest request) => Results.Content(PeoplePage(request.Query), "text/html"));
        server.MapPost("/token", async (HttpRequest request) => Exchange(await request.ReadFormAsync()));
        server.MapGet("/keys", () => Results.Text(new JsonObject { ["keys"] = new JsonArray(PublicKey()) }.ToJsonString()));
    }

    /// <summary>Who can sign in with a browser: by name, what their token claims besides who they are.</summary>
    public Dictionary<string, (string Claim, string Value)> People { get; } = new(StringComparer.Ordinal);

    public Uri Authority => new(_server.Urls.Single());

    public static async Task<TokenIssuer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var issuer = new TokenIssuer(builder.Build());
        await issuer._server.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    /// <summary>The claims of a token that is good at <paramref name="now"/>, without a role and an account.</summary>
    public JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Authority.GetLeftPart(UriPartial.Authority),
        ["aud"] = Audience,
        ["sub"] = "ann",
        ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(),
        ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
    };

    /// <summary>Has somebody sign in: answers the code that the browser brings back.</summary>
    /// <param name="claims">The claims of the identity token.</param>
    /// <param name="challenge">What the service sent, by which it proves that it is the one who began.</param>
    public string Allow(JsonObject claims, string challenge)
    {
        var code = RandomNumberGenerator.GetHexString(16);
        _allowed[code] = (claims, challenge);
        return code;
    }

    /// <summary>A token with these claims, signed as an issuer signs.</summary>
    public string Sign(JsonObject claims)
    {
        var content = Content("RS256", claims);
        var signature = _key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>A token without a signature.</summary>
    public static string Unsigned(JsonObject claims) => Content("none", claims) + ".";

    /// <summary>A token whose shared secret is the issuer's public key, which everybody has.</summary>
    public string SignWithPublicKey(JsonObject claims)
    {
        var content = Content("HS256", claims);
        var signature = HMACSHA256.HashData(_key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(content));
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>A token that another key has signed under this issuer's name.</summary>
    public static string Forge(JsonObject claims)
    {
        var content = Content("RS256", claims);
        var signature = _otherKey.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{content}.{Base64Url.EncodeToString(signature)}";
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _key.Dispose();
    }

    private string PeoplePage(IQueryCollection asked)
    {
        var links = People.Select(person =>
        {
            var claims = Claims(TimeProvider.System.GetUtcNow());
            (claims["aud"], claims["nonce"], claims["iat"]) = (ClientId, asked["nonce"].ToString(), claims["nbf"]!.DeepClone());
            (claims["sub"], claims[person.Value.Claim]) = (person.Key, person.Value.Value);
            var back = $"{asked["redirect_uri"]}?code={Allow(claims, asked["code_challenge"]!)}&state="
                + $"{Uri.EscapeDataString(asked["state"]!)}";
            return $"<p><a href=\"{WebUtility.HtmlEncode(back)}\">{WebUtility.HtmlEncode(person.Key)}</a></p>";
        });
        return $"<!doctype html><html lang=\"en\"><link rel=\"icon\" href=\"data:,\"><title>Who are you?</title><main><h1>Who are "
            + $"you?</h1>{string.Concat(links)}</main></html>";
    }

    private IResult Exchange(IFormCollection form)
    {
        var isGood = _allowed.Remove(form["code"].ToString(), out var allowed)
            && form["grant_type"] == "authorization_code" && form["client_id"] == ClientId && form["client_secret"] == ClientSecret
            && Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) == allowed.Challenge;
        return isGood
            ? Results.Text(new JsonObject
            {
                ["id_token"] = Sign(allowed.Claims),
                ["access_token"] = "opaque",
                ["token_type"] = "Bearer",
            }.ToJsonString(), "application/json")
            : Results.Text("""{"error":"invalid_grant"}""", "application/json", statusCode: 400);
    }

    private static string Content(string algorithm, JsonObject claims) =>
        $"{Encode(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = KeyId })}.{Encode(claims)}";

    private static string Encode(JsonObject value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));

    private JsonObject PublicKey()
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        return new()
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["alg"] = "RS256",
            ["kid"] = KeyId,
            ["n"] = Base64Url.EncodeToString(key.Modulus),
            ["e"] = Base64Url.EncodeToString(key.Exponent),
        };
    }
}
