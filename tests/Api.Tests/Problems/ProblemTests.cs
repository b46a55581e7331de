using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Tests.Problems;

public sealed class ProblemTests : IAsyncLifetime
{
    private TestApi _api = null!;

    public async ValueTask InitializeAsync() => _api = await TestApi.StartAsync();

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Theory]
    [InlineData("GET", "/api/v1/nothing", 404, "notFound")]
    [InlineData("GET", "/api/v1/accounts/acme/employees/ann", 404, "notFound")]
    [InlineData("PATCH", "/api/v1/accounts/acme", 405, "methodNotAllowed")]
    [InlineData("POST", "/api/v1/accounts", 405, "methodNotAllowed")]
    [InlineData("DELETE", "/health/live", 405, "methodNotAllowed")]
    public async Task FrameworksOwnErrors_AreProblems(string method, string address, int status, string code)
    {
        var answer = (await _api.SendAsync(new HttpMethod(method), address, TestApi.AdminKey)).AssertProblem(status, code);

        Assert.Equal(address, (string?)answer.Json["instance"]);
    }

    [Fact]
    public async Task Head_OfAnErrorOverHttp2_HasTheHeadersOfGetAndNoBody()
    {
        await using var api = await TestApi.StartAsync(protocols: HttpProtocols.Http2);
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/accounts")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(
            (HttpStatusCode.Unauthorized, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task OneStatus_WhoeverMadeTheProblem_HasOneTypeAndTitle()
    {
        var ours = await _api.GetAsync("/api/v1/accounts/nobody");
        var frameworks = await _api.GetAsync("/api/v1/nothing");

        Assert.Equal(
            ("https://tools.ietf.org/html/rfc9110#section-15.5.5", "Not Found"), ((string?)ours.Json["type"], (string?)ours.Json["title"]));
        Assert.Equal(
            ((string?)ours.Json["type"], (string?)ours.Json["title"]),
            ((string?)frameworks.Json["type"], (string?)frameworks.Json["title"]));
    }

    [Theory]
    [InlineData("application/xml")]
    [InlineData("text/event-stream")]
    [InlineData("text/html")]
    public async Task Errors_OtherTypeAccepted_AreProblemsAllTheSame(string accept) =>
        (await _api.SendAsync(HttpMethod.Get, "/api/v1/accounts/nobody", TestApi.AdminKey, accept: accept)).AssertProblem(
            404, "accountNotFound");

    public static TheoryData<Exception, int, string> Failures => new()
    {
        { new TimeoutException("Response did not arrive on time from S127.0.0.1:11111"), 503, "unavailable" },
        { new Orleans.Runtime.SiloUnavailableException("silo S127.0.0.1:11111 is gone"), 503, "unavailable" },
        { new Microsoft.Data.Sqlite.SqliteException("database S127.0.0.1:11111 is locked", 5), 503, "unavailable" },
        { new InvalidOperationException("secret internals S127.0.0.1:11111"), 500, "internalError" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task ClusterFails_Call_AnswersAProblemWithoutInternals(Exception failure, int status, string code)
    {
        _api.Grains.Failure = failure;

        var answer = (await _api.GetAsync("/api/v1/accounts/acme")).AssertProblem(status, code);

        Assert.DoesNotContain("127.0.0.1", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("xception", answer.Text, StringComparison.Ordinal);
        Assert.Equal(status == 503 ? TimeSpan.FromSeconds(5) : null, answer.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task ClusterFails_AccountKey_Answers503AndNot401()
    {
        var key = _api.KeyOf("acme");
        _api.Grains.Failure = new TimeoutException();

        (await _api.GetAsync("/api/v1/accounts/acme", key)).AssertProblem(503, "unavailable");
    }

    [Fact]
    public async Task Ready_ClusterFails_Answers503AndLiveStays200()
    {
        Assert.Equal("""{"status":"ready"}""", (await _api.GetAsync("/health/ready", key: null)).Text);
        _api.Grains.Failure = new TimeoutException();

        (await _api.GetAsync("/health/ready", key: null)).AssertProblem(503, "notReady");
        Assert.Equal(200, (await _api.GetAsync("/health/live", key: null)).Status);
    }

    [Fact]
    public void EveryProblemCode_ByItsName_IsTheStableOne() => Assert.Equal(
        [
            "missingLastName", "missingEmail", "missingDepartment", "ambiguousEmail", "emailTaken", "phoneRejected",
            "rejected", "bitrix24Unauthorized",
            "bitrix24Scope", "bitrix24Blocked", "callGearUnauthorized", "callGearBlocked", "addressRefused", "groupRejected",
            "rateLimited", "unreachable",
            "invalidAnswer", "deletionGuard", "recreationGuard", "interrupted", "overdue", "bitrix24Moved", "portalChanged",
            "cancelled",
        ],
        Api.Bodies.CamelCaseEnum<ProblemCode>.Names);
}
