using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>What goes together, what is repeated and who hears of what, with a database that does as a test says.</summary>
public sealed class RowWriterTests : IDisposable
{
    private readonly ScriptedEngine _engine = new();
    private readonly ImmediateTime _time = new();
    private readonly DatabaseCondition _condition = new(TimeProvider.System);
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly TaskCompletionSource _release = new();
    private readonly RowWriter _writer;

    public RowWriterTests()
    {
        var access = new RowAccess(dataSource: null!, _engine, _condition, _time);
        _writer = new RowWriter(_engine, access, _services.GetRequiredService<IMeterFactory>(), _time);
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Write_WhileABatchIsUnderWay_GoesWithTheNextInItsOrder()
    {
        var first = await HoldAsync();
        var next = new List<Task<bool>>();
        foreach (var write in new Func<Task<bool>>[] { () => User("a", 2), () => User("b", 2), () => Account("a"), () => User("a", 1) })
        {
            next.Add(write());
            await LetOthersWorkAsync();
        }

        Assert.Single(_engine.Batches);
        Assert.DoesNotContain(next, write => write.IsCompleted);

        _release.SetResult();

        Assert.DoesNotContain(false, await Task.WhenAll([first, .. next]));
        Assert.Equal([["first/0"], ["a/2", "b/2", "a/1", "a"]], _engine.Batches);
    }

    [Fact]
    public async Task Write_OfMoreRowsThanGoTogether_SendsTheRestAfterwards()
    {
        var first = await HoldAsync();
        var next = Enumerable.Range(1, RowWriter.MostRows + 1).Select(id => User("a", id)).ToArray();

        _release.SetResult();

        Assert.DoesNotContain(false, await Task.WhenAll([first, .. next]));
        Assert.Equal([1, 500, 1], _engine.Batches.Select(batch => batch.Length));
        Assert.Equal(Enumerable.Range(1, 501).Select(id => $"a/{id}"), _engine.Batches.Skip(1).SelectMany(batch => batch));
    }

    [Fact]
    public async Task Write_OfOneRowSeveralTimes_SendsOneAfterTheOther_AndOthersBefore()
    {
        var first = await HoldAsync();
        Task<bool>[] next = [User("a", 1), Account("a"), User("a", 1), Account("a"), User("a", 1), User("b", 1)];

        _release.SetResult();

        await Task.WhenAll([first, .. next]);
        Assert.Equal([["first/0"], ["a/1", "b/1", "a"], ["a/1", "a"], ["a/1"]], _engine.Batches);
    }

    [Fact]
    public async Task Write_OfAnOutdatedVersion_IsAnsweredFalseAlone()
    {
        var first = await HoldAsync();
        _engine.IsWritten = row => row is not ("a/1" or "c");
        Task<bool>[] next = [Account("a"), User("a", 1), Account("b"), User("a", 2), User("a", 3), Account("c")];

        _release.SetResult();

        Assert.True(await first);
        var answers = await Task.WhenAll(next);
        Assert.Equal([true, false, true, true, true, false], answers);
    }

    [Theory]
    [InlineData("a/2", "The database refused the row of user 2 of account a.")]
    [InlineData("b", "The database refused the row of account b.")]
    public async Task Write_OfARowThatIsRefused_FailsAlone(string refused, string message)
    {
        var first = await HoldAsync();
        var said = new InvalidOperationException("Said.");
        (_engine.Fault, _engine.Failure) = (RowFault.Row, rows => rows.Contains(refused) ? said : null);
        var next = new Dictionary<string, Task<bool>>
        {
            ["a/1"] = User("a", 1),
            ["a/2"] = User("a", 2),
            ["b"] = Account("b"),
            ["a/3"] = User("a", 3),
        };

        _release.SetResult();

        var refusal = await Assert.ThrowsAsync<RowRefusedException>(() => next[refused]);
        Assert.Equal((message, said), (refusal.Message, refusal.InnerException));
        Assert.DoesNotContain(
            false, await Task.WhenAll(next.Where(write => write.Key != refused).Select(write => write.Value).Append(first)));
        Assert.Equal([["first/0"], ["a/1", "a/2", "a/3", "b"], ["a/1"], ["a/2"], ["b"], ["a/3"]], _engine.Batches);
    }

    [Fact]
    public async Task Write_OfAUserWhoseAccountIsGone_IsAnsweredFalseAlone()
    {
        var first = await HoldAsync();
        (_engine.Fault, _engine.Failure) = (RowFault.AccountGone, rows => rows.Contains("gone/1") ? new InvalidOperationException() : null);
        Task<bool>[] next = [User("a", 1), User("gone", 1), Account("a")];

        _release.SetResult();

        Assert.True(await first);
        var answers = await Task.WhenAll(next);
        Assert.Equal([true, false, true], answers);
    }

    [Fact]
    public async Task Batch_ThatLosesADeadlock_IsRepeatedWhole()
    {
        var first = await HoldAsync();
        var failures = 4;
        (_engine.Fault, _engine.Failure) =
            (RowFault.Passing, rows => rows.Contains("a/1") && failures-- > 0 ? new InvalidOperationException() : null);
        Task<bool>[] next = [User("a", 1), User("a", 2)];

        _release.SetResult();

        Assert.DoesNotContain(false, await Task.WhenAll([first, .. next]));
        Assert.Equal([["first/0"], .. Enumerable.Repeat<string[]>(["a/1", "a/2"], 5)], _engine.Batches);
        Assert.Equal(4, _time.Pauses.Count);
        Assert.All(_time.Pauses, pause => Assert.InRange(pause, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public async Task Batch_ThatLosesFiveDeadlocks_FailsAndTheNextGoesOn()
    {
        (_engine.Fault, _engine.Failure) = (RowFault.Passing, rows => rows.Contains("a/1") ? new InvalidOperationException() : null);

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(() => User("a", 1));

        Assert.Equal(DatabaseFaults.NoAnswer, refusal.Message);
        Assert.Equal(5, _engine.Batches.Count);
        Assert.True(await User("a", 2));
    }

    [Fact]
    public async Task Batch_WhoseConnectionIsLost_IsNotRepeated_AndSomebodyLooks()
    {
        _engine.Failure = rows => rows.Contains("a/1") ? new NpgsqlException("10.0.0.1 is away.") : null;

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(() => User("a", 1));

        Assert.Equal((DatabaseFaults.NoAnswer, null), (refusal.Message, refusal.InnerException));
        Assert.True(await _condition.WaitForDoubtAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
        Assert.Single(_engine.Batches);
        Assert.True(await User("a", 2));
    }

    [Fact]
    public async Task Batch_WithAnErrorThatConcernsAll_FailsForAllAndIsNotRepeated()
    {
        var first = await HoldAsync();
        var said = new InvalidOperationException("Said.");
        _engine.Failure = rows => rows.Contains("a/1") ? said : null;
        Task<bool>[] next = [User("a", 1), Account("a")];

        _release.SetResult();

        Assert.True(await first);
        Assert.Same(said, await Assert.ThrowsAsync<InvalidOperationException>(() => next[0]));
        Assert.Same(said, await Assert.ThrowsAsync<InvalidOperationException>(() => next[1]));
        Assert.Equal([["first/0"], ["a/1", "a"]], _engine.Batches);
        Assert.True(await User("a", 2));
    }

    /// <summary>A write that is under way until it is released.</summary>
    private async Task<Task<bool>> HoldAsync()
    {
        _engine.Held = _release.Task;
        var first = User("first", 0);
        await _engine.BegunAsync();
        return first;
    }

    // A batch that began too early would have its turn here; without one there is nothing to wait for.
    private static async Task LetOthersWorkAsync()
    {
        for (var turn = 0; turn < 500; turn++)
        {
            await Task.Factory.StartNew(
                () => { }, TestContext.Current.CancellationToken, TaskCreationOptions.PreferFairness, TaskScheduler.Default);
        }
    }

    private Task<bool> User(string accountId, long userId) =>
        _writer.WriteAsync(new UserWrite { AccountId = accountId, Row = new UserRow { UserId = userId, Name = "Ann Lee" } });

    private Task<bool> Account(string accountId) => _writer.WriteAsync(new AccountWrite
    {
        Row = new AccountRow
        {
            AccountId = accountId,
            Version = 1,
            State = "{}",
            Connection = "{}",
            Columns = new AccountColumns
            {
                Status = AccountStatus.Active,
                DisplayName = accountId,
                PortalKey = accountId,
                ConnectedAt = DateTimeOffset.UnixEpoch,
            },
        },
    });
}
