using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Api.Authorization;
using OrleansSync.Api.Hosting;
using OrleansSync.Api.Settings;
using OrleansSync.Grains.Outbound;
using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Tests.Hosting;

/// <summary>The HTTP interface on a free loopback port, in front of scripted grains.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    public const string AdminKey = "operator-key-for-tests";

    private readonly WebApplication _app;

    private TestApi(WebApplication app, ScriptedGrains grains, FakeTimeProvider time)
    {
        (_app, Grains, Time) = (app, grains, time);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri(app.Urls.Single()),
        };
    }

    /// <summary>Settings whose limits no test reaches that is about something else.</summary>
    public static ApiSettings Unlimited { get; } = new()
    {
        RateLimits = new()
        {
            RequestsPerKey = 1_000_000,
            RequestsPerAddress = 1_000_000,
            EventsPerAccount = 1_000_000,
            EventsPerAddress = 1_000_000,
            WrongKeysPerAddress = 1_000_000,
        },
    };

    public ScriptedGrains Grains { get; }

    public FakeTimeProvider Time { get; }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<TestApi> StartAsync(
        ApiSettings? settings = null, Action<IServiceCollection>? services = null, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var grains = new ScriptedGrains();
        var time = new PacedTime();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = protocols));
        builder.Services
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(grains.Factory)
            .AddSingleton(OperatorKey.Load(new SecretText(AdminKey), dataDirectory: null))
            .AddSingleton(new OutboundAddressPolicy([]))
            .AddSingleton(new OrleansSyncSettings { DataDirectory = "/nowhere" })
            .AddHttpInterface(settings ?? Unlimited)
            .AddDataProtection().UseEphemeralDataProtectionProvider();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapHttpInterface();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new TestApi(app, grains, time);
    }

    public string KeyOf(string accountId)
    {
        var key = ApiKey.Create(accountId);
        Grains.KeysOf(accountId).Stored.Add(new(key.KeyId, key.SecretHash));
        return key.Reveal();
    }

    public Task<ApiResponse> GetAsync(string address, string? key = AdminKey) => SendAsync(HttpMethod.Get, address, key);

    public Task<ApiResponse> PostAsync(string address, string? key = AdminKey) => SendAsync(HttpMethod.Post, address, key);

    public Task<ApiResponse> DeleteAsync(string address, string? key = AdminKey) => SendAsync(HttpMethod.Delete, address, key);

    public Task<ApiResponse> PutAsync(string address, string json, string? key = AdminKey) =>
        SendAsync(HttpMethod.Put, address, key, new StringContent(json, Encoding.UTF8, "application/json"));

    public async Task<ApiResponse> SendAsync(
        HttpMethod method, string address, string? key, HttpContent? content = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        if (accept is not null)
        {
            request.Headers.Accept.ParseAdd(accept);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new ApiResponse((int)response.StatusCode, text, response.Content.Headers.ContentType?.ToString(), response.Headers);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    /// <summary>
    /// A clock that stands still, but for the short pauses between two looks at a run and before a refusal: those are over at once.
    /// </summary>
    private sealed class PacedTime() : FakeTimeProvider(Samples.Noon)
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(
                callback, state, dueTime == Api.Runs.RunWaiting.Pause || dueTime == RefusalPace.Step ? TimeSpan.Zero : dueTime, period);
    }
}

/// <summary>An answer that was read to its end.</summary>
internal sealed record ApiResponse(int Status, string Text, string? ContentType, HttpResponseHeaders Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Code => (string?)Json["code"];

    public IEnumerable<string> ErrorPaths => Json["errors"]!.AsObject().Select(error => error.Key);

    /// <summary>Whether it is a problem as every error must be.</summary>
    public ApiResponse AssertProblem(int status, string? code = null)
    {
        Assert.Equal((status, "application/problem+json"), (Status, ContentType?.Split(';')[0]));
        foreach (var member in (string[])["type", "title", "detail", "instance"])
        {
            Assert.False(string.IsNullOrWhiteSpace((string?)Json[member]), $"The problem has no {member}: {Text}");
        }

        Assert.Equal(status, (int)Json["status"]!);
        if (code is not null)
        {
            Assert.Equal(code, Code);
        }

        return this;
    }
}
