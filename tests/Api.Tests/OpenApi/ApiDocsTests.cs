using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Api.Tests.Hosting;

namespace OrleansSync.Api.Tests.OpenApi;

public sealed class ApiDocsTests : IAsyncLifetime
{
    private TestApi _api = null!;
    private JsonObject _document = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.StartAsync();
        var answer = await _api.GetAsync("/openapi/v1.json", key: null);
        Assert.True(answer.Status == 200, answer.Text);
        _document = answer.Json.AsObject();
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public void Document_EveryEndpoint_IsListedWithNameSummaryAndAnswers()
    {
        var expected = _api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(endpoint =>
                (Path: "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace(":long", "", StringComparison.Ordinal), endpoint))
            .Where(item => item.Path.StartsWith("/api/", StringComparison.Ordinal)
                || item.Path.StartsWith("/health/", StringComparison.Ordinal)
                || item.Path.StartsWith("/webhooks/", StringComparison.Ordinal))
            .Select(item => (item.Path, Method: item.endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0], item.endpoint))
            .ToList();
        Assert.Equal(23, expected.Count);
        foreach (var (path, method, endpoint) in expected)
        {
            var operation = _document["paths"]?[path]?[method.ToLowerInvariant()];
            Assert.True(operation is not null, $"{method} {path} is not described");
            Assert.False(string.IsNullOrEmpty((string?)operation["operationId"]), $"{method} {path} has no name");
            Assert.False(string.IsNullOrEmpty((string?)operation["summary"]), $"{method} {path} has no summary");
            Assert.NotEmpty(operation["responses"]!.AsObject());
            Assert.False(string.IsNullOrEmpty((string?)operation["description"]), $"{method} {path} has no description");
            Assert.Equal(endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null ? 1 : 0, operation["security"]!.AsArray().Count);
        }
    }

    [Fact]
    public void Document_KeyScheme_IsBearer()
    {
        Assert.Equal("http", (string?)_document["components"]!["securitySchemes"]!["bearer"]!["type"]);
        Assert.Equal("bearer", (string?)_document["components"]!["securitySchemes"]!["bearer"]!["scheme"]);
    }

    [Fact]
    public void Document_QueryParameters_SayTheirBounds()
    {
        var parameters = _document["paths"]!["/api/v1/accounts/{accountId}/synchronize"]!["post"]!["parameters"]!.AsArray();
        var wait = Assert.Single(parameters, parameter => (string?)parameter!["name"] == "wait")!["schema"]!;

        Assert.Equal(("integer", 1, 300), ((string?)wait["type"], (int)wait["minimum"]!, (int)wait["maximum"]!));
        Assert.Equal(["accountId", "dryRun", "user", "wait"], parameters.Select(parameter => (string?)parameter!["name"]).Order());
    }

    [Fact]
    public void Document_Enums_ListTheirNames()
    {
        var schema = _document["components"]!["schemas"]!["RunStatus"]!;

        Assert.Equal(
            ["queued", "running", "succeeded", "completedWithErrors", "held", "failed"],
            schema["enum"]!.AsArray().Select(name => (string?)name));
    }

    [Fact]
    public void Document_Body_NamesItsRequiredMembers()
    {
        var body = _document["components"]!["schemas"]!["AccountBody"]!;

        Assert.Equal(["bitrix24", "callGear", "displayName"], body["required"]!.AsArray().Select(name => (string?)name).Order());
        Assert.Equal(
            ["bitrix24", "callGear", "displayName", "settings"],
            body["properties"]!.AsObject().Select(property => property.Key).Order());
    }

    [Fact]
    public void Document_CountsOfAnAccount_AreThree()
    {
        var schemas = _document["components"]!["schemas"]!;

        Assert.Equal("#/components/schemas/AccountCountsResponse", (string?)schemas["AccountResponse"]!["properties"]!["counts"]!["$ref"]);
        Assert.Equal(
            ["employees", "responsible", "skipped"],
            schemas["AccountCountsResponse"]!["properties"]!.AsObject().Select(property => property.Key).Order());
    }

    [Fact]
    public async Task Docs_Page_LoadsNothingFromAnotherHost()
    {
        var page = await _api.GetAsync("/docs/", key: null);
        Assert.Equal((200, "text/html"), (page.Status, page.ContentType?.Split(';')[0]));
        Assert.DoesNotContain("https://", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", page.Text, StringComparison.Ordinal);

        Assert.Equal(200, (await _api.GetAsync("/docs/scalar.js", key: null)).Status);
    }
}
