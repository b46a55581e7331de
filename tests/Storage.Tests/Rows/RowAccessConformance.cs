using System.Data.Common;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>What the way to the database must do on any engine.</summary>
public abstract class RowAccessConformance(StorageFixture fixture) : RowConformance(fixture)
{
    private const string Exclude = "INSERT INTO responsible_exclusion (account_id, user_id) VALUES (@account, 1)";

    private readonly ImmediateTime _time = new();
    private readonly DatabaseCondition _condition = new(TimeProvider.System);

    [Fact]
    public async Task Execute_WithCommandsThatConcernRows_AnswersHowMany()
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(1), User(2), User(3));
        string[] commands =
        [
            Engine.HoldAccount,
            "UPDATE employee SET name = 'Bob' WHERE account_id = @account AND user_id < 3",
            "DELETE FROM employee WHERE account_id = @account",
        ];

        Assert.Equal(5, await Access().ExecuteAsync(commands, command => command.With("account", account.AccountId)));
    }

    [Fact]
    public async Task Execute_WhenACommandFails_UndoesThoseBeforeIt()
    {
        var account = await ConnectAsync();

        await Assert.ThrowsAnyAsync<DbException>(
            () => Access().ExecuteAsync([Exclude, Exclude], command => command.With("account", account.AccountId)));

        Assert.Empty(await LeftOverAsync(account.AccountId));
        Assert.Empty(_time.Pauses);
    }

    [Fact]
    public async Task Execute_UntilTheWayIsFree_IsRepeatedAndCarriedOutOnce()
    {
        var account = await ConnectAsync();
        await Users.ExcludeAsync(account.AccountId, [1], []);
        var engine = new JudgingEngine(Engine, tries =>
        {
            if (tries == 2)
            {
                Fixture.ExecuteAsync($"DELETE FROM responsible_exclusion WHERE account_id = '{account.AccountId}'")
                    .GetAwaiter()
                    .GetResult();
            }
        });

        Assert.Equal(1, await Access(engine).ExecuteAsync([Exclude], command => command.With("account", account.AccountId)));

        Assert.Equal((2, 2), (engine.Judged, _time.Pauses.Count));
        Assert.Equal(1, await CountOfAsync("responsible_exclusion", account.AccountId));
    }

    [Fact]
    public async Task Execute_WhileOthersAreInTheWay_IsTriedFiveTimes_AndSaysThatTheDatabaseDoesNotAnswer()
    {
        var account = await ConnectAsync();
        await Users.ExcludeAsync(account.AccountId, [1], []);
        var engine = new JudgingEngine(Engine, _ => { });

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => Access(engine).ExecuteAsync([Exclude], command => command.With("account", account.AccountId)));

        Assert.Equal(DatabaseFaults.NoAnswer, refusal.Message);
        Assert.Equal(5, engine.Judged);
        Assert.Equal(4, _time.Pauses.Count);
        Assert.All(_time.Pauses, pause => Assert.InRange(pause, TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(100)));
    }

    [Fact]
    public async Task Use_WithAnErrorOfTheWholeDatabase_SaysWhatIsWrong_AndHasSomebodyLook()
    {
        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(
            () => Access().UseAsync<int>(_ => throw new NpgsqlException("10.0.0.1 is away.")));

        Assert.Equal((DatabaseFaults.NoAnswer, null), (refusal.Message, refusal.InnerException));
        Assert.True(await _condition.WaitForDoubtAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Use_WithAnErrorOfOneOperation_PassesItOn()
    {
        var given = new InvalidOperationException("One.");

        Assert.Same(given, await Assert.ThrowsAsync<InvalidOperationException>(() => Access().UseAsync<int>(_ => throw given)));

        Assert.False(await _condition.WaitForDoubtAsync(TimeSpan.Zero, TestContext.Current.CancellationToken));
    }

    private protected IRowEngine Engine => Fixture.Host.Services.GetRequiredService<IRowEngine>();

    private protected RowAccess Access(IRowEngine? engine = null) => new(Database, engine ?? Engine, _condition, _time);

    /// <summary>Takes every error for one that passes, and counts them.</summary>
    private sealed class JudgingEngine(IRowEngine inner, Action<int> judging) : IRowEngine
    {
        public int Judged { get; private set; }

        public string Invariant => inner.Invariant;

        public bool IsBlocking => inner.IsBlocking;

        public string LockAccount => inner.LockAccount;

        public string HoldAccount => inner.HoldAccount;

        public string? ShortWaits => inner.ShortWaits;

        public string Ordinal => inner.Ordinal;

        public string Elements(string json) => inner.Elements(json);

        public string Seconds(string moment) => inner.Seconds(moment);

        public Task<bool[]> WriteAsync(IReadOnlyList<RowWrite> rows) => inner.WriteAsync(rows);

        public RowFault Judge(Exception exception)
        {
            judging(++Judged);
            return RowFault.Passing;
        }
    }
}

[Collection(nameof(SqliteSilo))]
public sealed class SqliteRowAccessTests(SqliteFixture fixture) : RowAccessConformance(fixture)
{
    [Fact]
    public async Task Use_FromAGrainsThread_WorksOnAnother()
    {
        var access = Fixture.Host.Services.GetRequiredService<RowAccess>();
        var grains = new ConcurrentExclusiveSchedulerPair().ExclusiveScheduler;

        var scheduler = await await Task.Factory.StartNew(
            () => access.UseAsync(_ => Task.FromResult(TaskScheduler.Current)), TestContext.Current.CancellationToken,
            TaskCreationOptions.None, grains);

        Assert.Same(TaskScheduler.Default, scheduler);
    }
}
