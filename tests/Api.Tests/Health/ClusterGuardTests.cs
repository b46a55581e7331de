using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Hosting.Clustering;

namespace OrleansSync.Api.Tests.Health;

/// <summary>What an API answers that has its silos elsewhere, by Orleans' word on its connections.</summary>
public sealed class ClusterGuardTests
{
    private readonly ClusterConnection _connection = new(new FakeTimeProvider(), NullLogger<ClusterConnection>.Instance);

    [Theory]
    [InlineData("/api/v1/accounts/nowhere")]
    [InlineData("/api/v1/accounts/nowhere/runs")]
    public async Task Request_WhileNoSiloCanBeReached_IsRefusedAtOnce_UntilOneCan(string address)
    {
        await using var api = await StartAsync();

        _connection.NotifyClusterConnectionLost();
        var refused = await api.GetAsync(address);
        _connection.NotifyGatewayCountChanged(currentNumberOfGateways: 1, previousNumberOfGateways: 0, connectionRecovered: true);
        var answered = await api.GetAsync(address);

        Assert.Equal((503, "unavailable"), (refused.Status, refused.Code));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal((404, "accountNotFound"), (answered.Status, answered.Code));
    }

    [Fact]
    public async Task Event_WhileNoSiloCanBeReached_IsRefused_SoThatItIsSentAgain()
    {
        await using var api = await StartAsync();

        _connection.NotifyGatewayCountChanged(currentNumberOfGateways: 0, previousNumberOfGateways: 1, connectionRecovered: false);

        Assert.Equal(503, (await api.PostAsync("/webhooks/bitrix24/acme", key: null)).Status);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/docs/")]
    public async Task RequestThatNeedsNoSilo_WhileNoneCanBeReached_IsServed(string address)
    {
        await using var api = await StartAsync();

        _connection.NotifyClusterConnectionLost();

        Assert.Equal(200, (await api.GetAsync(address, key: null)).Status);
    }

    private Task<TestApi> StartAsync() => TestApi.StartAsync(services: services => services.AddSingleton(_connection));
}
