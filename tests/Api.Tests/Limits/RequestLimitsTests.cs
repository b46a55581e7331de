using System.Text;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Settings;

namespace OrleansSync.Api.Tests.Limits;

public sealed class RequestLimitsTests
{
    [Fact]
    public async Task Key_OverItsLimit_Is429AndOthersAreServed()
    {
        await using var api = await StartAsync(new() { RequestsPerKey = 3 });
        var (key, second) = (api.KeyOf("acme"), api.KeyOf("acme"));

        var statuses = await StatusesAsync(5, () => api.GetAsync("/api/v1/accounts/acme", key));

        Assert.Equal([200, 200, 200, 429, 429], statuses);
        Assert.Equal(200, (await api.GetAsync("/api/v1/accounts/acme", second)).Status);
        Assert.Equal(200, (await api.GetAsync("/api/v1/accounts/acme")).Status);
    }

    [Fact]
    public async Task Refusal_OverALimit_IsAProblemThatSaysWhenToComeBack()
    {
        await using var api = await StartAsync(new() { RequestsPerKey = 1 });
        var key = api.KeyOf("acme");
        await api.GetAsync("/api/v1/accounts/acme", key);

        var answer = (await api.GetAsync("/api/v1/accounts/acme", key)).AssertProblem(429, "tooManyRequests");

        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task OperatorsKey_WhateverTheLimits_IsServed()
    {
        await using var api = await StartAsync(new() { RequestsPerKey = 1, RequestsPerAddress = 1, WrongKeysPerAddress = 1 });
        await StatusesAsync(3, () => api.GetAsync("/api/v1/accounts", "wrong"));

        Assert.Equal([200, 200, 200], await StatusesAsync(3, () => api.GetAsync("/api/v1/accounts")));
    }

    [Fact]
    public async Task Address_WithoutAKeyOverItsLimit_Is429ButHealthIsNot()
    {
        await using var api = await StartAsync(new() { RequestsPerAddress = 2 });

        Assert.Equal([302, 302, 429], await StatusesAsync(3, () => api.GetAsync("/", key: null)));
        Assert.Equal([200, 200, 200], await StatusesAsync(3, () => api.GetAsync("/health/live", key: null)));
    }

    [Fact]
    public async Task Address_WithTooManyWrongKeys_IsTurnedAwayWithoutALookUp()
    {
        await using var api = await StartAsync(new() { WrongKeysPerAddress = 2 });
        var (right, wrong) = (api.KeyOf("acme"), Api.Authorization.ApiKey.Create("acme").Reveal());
        Assert.Equal([401, 401], await StatusesAsync(2, () => api.GetAsync("/api/v1/accounts", wrong)));
        api.Grains.Touched.Clear();

        var answer = (await api.GetAsync("/api/v1/accounts", right)).AssertProblem(429, "tooManyRequests");

        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.Equal(0, api.Grains.Lookups);
    }

    [Fact]
    public async Task Events_OverTheLimitOfAnAccount_AreRefusedAndThoseOfOthersTaken()
    {
        await using var api = await StartAsync(new() { EventsPerAccount = 2, RequestsPerAddress = 1 });
        foreach (var id in (string[])["acme", "other"])
        {
            api.Grains.Connect(id).ApplicationToken = "token";
        }

        Assert.Equal([202, 202, 429], await StatusesAsync(3, () => EventAsync(api, "acme", "token")));
        Assert.Equal(202, (await EventAsync(api, "other", "token")).Status);
        Assert.Equal(2, api.Grains.Portal("acme").Requested.Count);
    }

    [Fact]
    public async Task Events_OverTheLimit_AreRefusedAlikeForAccountsThatAreNotThere()
    {
        await using var api = await StartAsync(new() { EventsPerAccount = 1 });
        api.Grains.Connect("acme").ApplicationToken = "token";

        var known = await StatusesAsync(2, () => EventAsync(api, "acme", "wrong"));

        Assert.Equal(known, await StatusesAsync(2, () => EventAsync(api, "nobody", "wrong")));
        Assert.Equal([401, 429], known);
    }

    private static async Task<TestApi> StartAsync(RateLimitSettings limits)
    {
        var api = await TestApi.StartAsync(TestApi.Unlimited with { RateLimits = limits });
        api.Grains.Connect("acme");
        return api;
    }

    private static async Task<List<int>> StatusesAsync(int count, Func<Task<ApiResponse>> send)
    {
        var statuses = new List<int>();
        for (var sent = 0; sent < count; sent++)
        {
            statuses.Add((await send()).Status);
        }

        return statuses;
    }

    private static async Task<ApiResponse> EventAsync(TestApi api, string accountId, string token)
    {
        using var content = new StringContent(
            $"event=ONUSERADD&auth[application_token]={token}", Encoding.UTF8, "application/x-www-form-urlencoded");
        return await api.SendAsync(HttpMethod.Post, $"/webhooks/bitrix24/{accountId}", key: null, content);
    }
}
