using System.Collections.Concurrent;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>What must be there together is written together, so that no cut can leave a part of it.</summary>
public sealed class OneWriteTests(PortalCluster cluster) : PortalTests(cluster)
{
    [Fact]
    public async Task Connect_NewAccount_IsOneWrite_WithItsSecretsAndItsFirstRun()
    {
        Cluster.PutUsers("one-write", 1);
        Cluster.Sandbox.PutAccount("one-write");
        var writes = await WritesAsync("one-write", portal => portal.ConnectAsync(Cluster.Connection("one-write")));

        var first = writes.First();
        Assert.Null(first.Expected);
        Assert.Contains("\"trigger\":\"Connected\"", first.Row.State, StringComparison.Ordinal);
        Assert.Contains("\"webhookUrl\"", first.Row.Connection, StringComparison.Ordinal);
        Assert.True(first.Row.Columns.HasWork);
    }

    [Fact]
    public async Task Connect_ThatIsCutBeforeItsWrite_LeavesNoAccount_AndRemindersThatEndByThemselves()
    {
        Cluster.PutUsers("cut-connect", 1);
        Cluster.Sandbox.PutAccount("cut-connect");
        var portal = Cluster.Portal("cut-connect");
        Cluster.Rows.Trouble.WritingAccount = write => throw new StorageUnavailableException(write.Row.AccountId);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => portal.ConnectAsync(Cluster.Connection("cut-connect")));
        Cluster.Rows.Trouble.WritingAccount = null;

        await Cluster.TickAsync("cut-connect");
        Assert.Null(await portal.GetAccountAsync());
        Assert.Equal(ConnectOutcome.Connected, (await portal.ConnectAsync(Cluster.Connection("cut-connect"))).Outcome);
        var run = (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0];
        Assert.Equal(
            (RunTrigger.Connected, RunStatus.Succeeded), (run.Trigger, (await PortalCluster.EndOfAsync(portal, run.RunId)).Status));
    }

    [Fact]
    public async Task Connect_AnotherPortalAndAnotherCallGear_IsOneWrite_AndAnotherGeneration()
    {
        await Cluster.ConnectAsync("both-change", users: 1, AccountSettings.Default with { Paused = true });
        Cluster.PutUsers("both-change-to", 1);
        Cluster.Sandbox.PutAccount("both-change-to");
        var before = (await Cluster.Rows.Accounts.ReadAsync("both-change"))!.Connection!;
        var (bitrix24, callGear) = (Cluster.Sandbox.Portal("both-change-to"), Cluster.Sandbox.Account("both-change-to"));
        var connection = Cluster.Connection("both-change", AccountSettings.Default with { Paused = true });
        connection = connection with
        {
            Bitrix24 = connection.Bitrix24 with { WebhookUrl = Cluster.Secrets.Protect("both-change", bitrix24.WebhookUrl.AbsoluteUri) },
            CallGear = new CallGearAccess
            {
                BaseUrl = callGear.BaseUrl.AbsoluteUri,
                AccessToken = Cluster.Secrets.Protect("both-change", callGear.AccessToken),
            },
        };

        var writes = await WritesAsync("both-change", portal => portal.ConnectAsync(connection));

        var write = Assert.Single(writes);
        Assert.NotEqual(GenerationOf(before), GenerationOf(write.Row.Connection!));
        Assert.Contains(callGear.BaseUrl.AbsoluteUri, write.Row.Connection, StringComparison.Ordinal);
    }

    private async Task<IReadOnlyCollection<AccountWrite>> WritesAsync(string account, Func<IPortalGrain, Task> act)
    {
        var writes = new ConcurrentQueue<AccountWrite>();
        Cluster.Rows.Trouble.WritingAccount = write =>
        {
            if (write.Row.AccountId == account)
            {
                writes.Enqueue(write);
            }
        };
        await act(Cluster.Portal(account));
        Cluster.Rows.Trouble.WritingAccount = null;
        return writes;
    }

    private static long GenerationOf(string connection) =>
        System.Text.Json.JsonDocument.Parse(connection).RootElement.GetProperty("generation").GetInt64();
}
