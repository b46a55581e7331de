using System.Text.Json;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Sandbox.Tests.Bitrix24;

public sealed class BatchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(51)]
    [InlineData(100)]
    [InlineData(2499)]
    [InlineData(2500)]
    [InlineData(2501)]
    public async Task Batch_FiftyChainedPages_GiveEachUserOnceUntilTheFirstShortPage(int users)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var portal = sandbox.PutPortal("p", users: SeedGenerator.Create(new SeedOptions { Users = users }).Users);
        using var client = new BitrixClient(portal);

        var (_, body) = await client.CallAsync("batch", ChainOfPages(50));

        var ids = new List<int>();
        foreach (var page in body.GetProperty("result").GetProperty("result").EnumerateObject())
        {
            int[] pageIds = [.. page.Value.EnumerateArray().Select(u => int.Parse(u.GetProperty("ID").GetString()!, null))];
            ids.AddRange(pageIds);
            if (pageIds.Length < 50)
            {
                break;
            }
        }

        Assert.Equal(Enumerable.Range(1, Math.Min(users, 2500)), ids);
    }

    [Fact]
    public async Task Batch_ReferenceThatLeadsNowhere_StartsAtTheFirstUserAgain()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        var portal = sandbox.PutPortal("p", users: SeedGenerator.Create(new SeedOptions { Users = 3 }).Users);
        using var client = new BitrixClient(portal);

        var (_, body) = await client.CallAsync("batch", ChainOfPages(2));

        var pages = body.GetProperty("result").GetProperty("result");
        Assert.Equal(pages.GetProperty("p0").GetRawText(), pages.GetProperty("p1").GetRawText());
    }

    [Fact]
    public async Task Batch_NumericKeys_ComeAsArraysAndEmptyMapsAsEmptyArrays()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p"));

        var (_, body) = await client.CallAsync("batch", """{"cmd":{"0":"user.get?start=-1","1":"user.get?start=-1"}}""");

        var result = body.GetProperty("result");
        Assert.Equal("[[],[]]", result.GetProperty("result").GetRawText());
        Assert.Equal("[]", result.GetProperty("result_error").GetRawText());
        Assert.Equal("[]", result.GetProperty("result_total").GetRawText());
        Assert.Equal(2, result.GetProperty("result_time").GetArrayLength());
    }

    [Fact]
    public async Task Batch_FailingCommands_AreReportedWithStatus200AndDoNotStopTheOthers()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p", users: [BitrixUser.Employee(1, "Ann", "Lee", "ann@example.com")]));

        var (status, body) =
            await client.CallAsync("batch", """{"halt":0,"cmd":{"a":"batch?cmd[x]=user.get","b":"no.such","c":"user.get"}}""");

        var result = body.GetProperty("result");
        Assert.Equal(200, (int)status);
        Assert.Equal(
            "ERROR_BATCH_METHOD_NOT_ALLOWED", result.GetProperty("result_error").GetProperty("a").GetProperty("error").GetString());
        Assert.Equal("ERROR_METHOD_NOT_FOUND", result.GetProperty("result_error").GetProperty("b").GetProperty("error").GetString());
        Assert.Equal("1", result.GetProperty("result").GetProperty("c")[0].GetProperty("ID").GetString());
        Assert.Equal(1, result.GetProperty("result_total").GetProperty("c").GetInt32());
    }

    [Fact]
    public async Task Batch_Halt_StopsAtTheFirstError()
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p"));

        var (_, body) = await client.CallAsync("batch", """{"halt":1,"cmd":{"a":"no.such","b":"user.get"}}""");

        Assert.Equal("[]", body.GetProperty("result").GetProperty("result").GetRawText());
        Assert.Single(body.GetProperty("result").GetProperty("result_error").EnumerateObject());
    }

    [Theory]
    [InlineData(50, null)]
    [InlineData(51, "ERROR_BATCH_LENGTH_EXCEEDED")]
    public async Task Batch_ByNumberOfCommands_IsRefusedAbove50(int commands, string? error)
    {
        await using var sandbox = await SandboxServer.StartAsync(new SandboxOptions(), TestContext.Current.CancellationToken);
        using var client = new BitrixClient(sandbox.PutPortal("p"));

        var (_, body) = await client.CallAsync("batch", ChainOfPages(commands));

        Assert.Equal(error, body.TryGetProperty("error", out var code) ? code.GetString() : null);
        Assert.Equal(commands, Assert.Single(sandbox.Requests.Records).Commands);
    }

    internal static string ChainOfPages(int pages) => JsonSerializer.Serialize(new
    {
        halt = 0,
        cmd = Enumerable.Range(0, pages).ToDictionary(
            i => $"p{i}",
            i => i == 0 ? "user.get?start=-1" : $"user.get?start=-1&FILTER%5B%3EID%5D=%24result%5Bp{i - 1}%5D%5B49%5D%5BID%5D"),
    });
}
