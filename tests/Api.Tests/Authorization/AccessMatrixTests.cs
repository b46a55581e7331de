using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Testing.Issuer;

namespace OrleansSync.Api.Tests.Authorization;

/// <summary>Every endpoint of the running application, called with every kind of credential.</summary>
public sealed class AccessMatrixTests : IAsyncLifetime
{
    private TokenIssuer _issuer = null!;
    private TestApi _api = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await TokenIssuer.StartAsync();
        _api = await TestApi.StartAsync(TestApi.Unlimited with { Oidc = new(_issuer.Authority, TokenIssuer.Audience) });
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public void EveryEndpoint_OfTheRunningApplication_HasARowAndItsPolicy()
    {
        var mapped = _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PartOfPages>() is null
                && !endpoint.RoutePattern.RawText!.Contains("{**path:file}", StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
                .Select(method => (Endpoint: $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}", Access: AccessOf(endpoint))))
            .ToList();

        Assert.Equal(AccessRow.All.Select(row => (row.Endpoint, row.Access)).Order(), mapped.Order());
    }

    [Theory]
    [InlineData("no key")]
    [InlineData("empty key")]
    [InlineData("wrong key")]
    [InlineData("operator's key and one more letter")]
    [InlineData("revoked key")]
    [InlineData("own key under another account's name")]
    [InlineData("expired token")]
    [InlineData("token of tomorrow")]
    [InlineData("token for another audience")]
    [InlineData("token of another issuer")]
    [InlineData("token without an end")]
    [InlineData("token without a subject")]
    [InlineData("token with alg none")]
    [InlineData("token signed with the public key")]
    [InlineData("forged token")]
    [InlineData("altered token")]
    public Task Call_WithoutAValidCredential_Is401Everywhere(string credential) =>
        CallAllAsync(credential, row => row.Access == Access.Open ? row.Served : 401);

    [Theory]
    [InlineData("another account's key")]
    [InlineData("another account's token")]
    [InlineData("token without an account")]
    [InlineData("token of two accounts")]
    public Task Call_OfAnotherAccount_Is404WhereverAnAccountIsNamed(string credential) => CallAllAsync(credential, row => row.Access switch
    {
        Access.Open or Access.AnyKey => row.Served,
        _ => row.NamesAccount ? 404 : 403,
    });

    [Theory]
    [InlineData("account's key")]
    [InlineData("account's token")]
    public Task Call_OfTheAccount_IsServedUnlessItIsTheOperators(string credential) =>
        CallAllAsync(credential, row => row.Access == Access.Operator ? 403 : row.Served);

    [Theory]
    [InlineData("operator's key")]
    [InlineData("operator's token")]
    public Task Call_OfTheOperator_IsServedEverywhere(string credential) => CallAllAsync(credential, row => row.Served);

    [Theory]
    [InlineData("another account's key")]
    [InlineData("another account's token")]
    public async Task AccountEndpoints_OfAnotherAccount_AnswerAsForAnUnknownOneAndAskItNothing(string credential)
    {
        foreach (var row in AccessRow.All.Where(row => row.NamesAccount && row.Access != Access.Open))
        {
            var key = Prepare(credential);
            var unknown = (await CallAsync(row, "acma", key)).AssertProblem(404, "accountNotFound");
            _api.Grains.Touched.Clear();
            var existing = (await CallAsync(row, "acme", key)).AssertProblem(404, "accountNotFound");

            Assert.Equal(unknown.Text.Replace("acma", "acme", StringComparison.Ordinal), existing.Text);
            Assert.Equal(HeadersOf(unknown), HeadersOf(existing));
            Assert.DoesNotContain("account/acme", _api.Grains.Touched);
        }
    }

    [Fact]
    public async Task Token_OfAPerson_IsNamedInTheAuditTrail()
    {
        await CallAsync(
            AccessRow.All.Single(row => row.Endpoint.EndsWith("/synchronize", StringComparison.Ordinal)),
            "acme",
            Prepare("account's token"));

        Assert.Equal(new AuditActor(AuditActorKind.Oidc, "ann"), Assert.Single(_api.Grains.AuditOf("acme").Entries).Actor);
    }

    private async Task CallAllAsync(string credential, Func<AccessRow, int> expected)
    {
        foreach (var row in AccessRow.All)
        {
            var key = Prepare(credential);
            _api.Grains.Touched.Clear();
            var answer = await CallAsync(row, "acme", key);

            Assert.True(
                answer.Status == expected(row),
                $"{row.Endpoint} with {credential}: {answer.Status} instead of {expected(row)}: {answer.Text}");
            if (answer.Status == 401 && row.Access != Access.Open)
            {
                answer.AssertProblem(401, "unauthorized");
                Assert.StartsWith("Bearer", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
            }

            if (credential.StartsWith("account's", StringComparison.Ordinal))
            {
                // Whatever the address says, no grain is asked but those of the account that the caller is authorized for.
                // Whether the service is ready anybody may ask.
                Assert.All(
                    _api.Grains.Touched.Where(touched => row.Access != Access.Open || touched != GrainKeys.Directory),
                    touched => Assert.Equal("account/acme", touched));
            }
        }
    }

    /// <summary>Puts both accounts back as they were, and makes the credential.</summary>
    private string? Prepare(string credential)
    {
        foreach (var id in (string[])["acme", "other"])
        {
            _api.Grains.Connect(id).Runs["run-9"] = new(Samples.Run("run-9", accountId: id), []);
            _api.Grains.KeysOf(id).Stored.Clear();
            _api.Grains.KeysOf(id).Stored.Add(new("0123456789abcdef", []));
        }

        var claims = _issuer.Claims(Samples.Noon);
        var asOperator = With(claims, ("role", "operator"));
        return credential switch
        {
            "no key" => null,
            "empty key" => "",
            "wrong key" => "wrong",
            "operator's key and one more letter" => TestApi.AdminKey + "x",
            "revoked key" => ApiKey.Create("acme").Reveal(),
            "own key under another account's name" => _api.KeyOf("other").Replace("osk_other", "osk_acme", StringComparison.Ordinal),
            "account's key" => _api.KeyOf("acme"),
            "another account's key" => _api.KeyOf("other"),
            "operator's key" => TestApi.AdminKey,
            "account's token" => _issuer.Sign(With(claims, ("account", "acme"))),
            "another account's token" => _issuer.Sign(With(claims, ("account", "other"))),
            "token without an account" => _issuer.Sign(claims),
            "token of two accounts" => _issuer.Sign(With(claims, ("account", new JsonArray("acme", "other")))),
            "operator's token" => _issuer.Sign(asOperator),
            "expired token" => _issuer.Sign(With(asOperator, ("exp", Samples.Noon.AddMinutes(-2).ToUnixTimeSeconds()))),
            "token of tomorrow" => _issuer.Sign(With(asOperator, ("nbf", Samples.Noon.AddMinutes(2).ToUnixTimeSeconds()))),
            "token for another audience" => _issuer.Sign(With(asOperator, ("aud", "another"))),
            "token of another issuer" => _issuer.Sign(With(asOperator, ("iss", "https://issuer.example.com"))),
            "token without an end" => _issuer.Sign(With(asOperator, ("exp", null))),
            "token without a subject" => _issuer.Sign(With(asOperator, ("sub", null))),
            "token with alg none" => TokenIssuer.Unsigned(asOperator),
            "token signed with the public key" => _issuer.SignWithPublicKey(asOperator),
            "forged token" => TokenIssuer.Forge(asOperator),
            "altered token" => Altered(_issuer.Sign(claims), asOperator),
            _ => throw new ArgumentOutOfRangeException(nameof(credential), credential, "There is no such credential."),
        };
    }

    /// <summary>The claims of one token under the signature of another.</summary>
    private string Altered(string signed, JsonObject claims)
    {
        var (own, other) = (signed.Split('.'), _issuer.Sign(claims).Split('.'));
        return $"{own[0]}.{other[1]}.{own[2]}";
    }

    private async Task<ApiResponse> CallAsync(AccessRow row, string accountId, string? key)
    {
        using var content = row.Method == "PUT" || row.Endpoint.EndsWith("/verify", StringComparison.Ordinal)
            ? new StringContent(Samples.Body, Encoding.UTF8, "application/json")
            : row.Method == "PATCH" ? new StringContent("{}", Encoding.UTF8, "application/merge-patch+json")
            : null;
        return await _api.SendAsync(new HttpMethod(row.Method), row.AddressFor(accountId), key, content);
    }

    private static JsonObject With(JsonObject claims, params (string Name, JsonNode? Value)[] changes)
    {
        var changed = claims.DeepClone().AsObject();
        foreach (var (name, value) in changes)
        {
            changed.Remove(name);
            if (value is not null)
            {
                changed[name] = value;
            }
        }

        return changed;
    }

    private static IEnumerable<string> HeadersOf(ApiResponse answer) =>
        answer.Headers.Where(header => header.Key != "Date").Select(header => $"{header.Key}: {string.Join(',', header.Value)}");

    /// <summary>Whom an endpoint serves by its metadata. One that says nothing is a mistake.</summary>
    private static Access AccessOf(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
        {
            return Access.Open;
        }

        var policy = Assert.Single(endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>()).Policy;
        return policy switch
        {
            AccessPolicies.AnyKey => Access.AnyKey,
            AccessPolicies.Account => Access.Account,
            AccessPolicies.Operator => Access.Operator,
            _ => throw new InvalidOperationException($"{endpoint.DisplayName} has the policy '{policy}', which no row knows."),
        };
    }
}
