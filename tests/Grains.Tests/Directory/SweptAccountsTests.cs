using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Reflection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.Grains.Directory;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Tests.Connections.Cluster;
using OrleansSync.Grains.Tests.Storage;

namespace OrleansSync.Grains.Tests.Directory;

/// <summary>R1.1: which accounts are asked to look after silos came or went.</summary>
[Trait("Rule", "R1.1")]
public sealed class SweptAccountsTests : IAsyncLifetime
{
    private const int Due = 250;

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));
    private readonly LoggedLines _log = new();
    private readonly WatchedPortals _portals = new();
    private RowDatabase _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await RowDatabase.CreateAsync();
        for (var number = 0; number < Due; number++)
        {
            // Of those that are due one half is overdue, the other has work left.
            await PutAsync($"due-{number:000}", columns => number % 2 == 0
                ? columns with { NextRunAt = _time.GetUtcNow().AddMinutes(-1) }
                : columns with { NextRunAt = _time.GetUtcNow().AddMinutes(10), HasWork = true });
        }

        await PutAsync("later", columns => columns with { NextRunAt = _time.GetUtcNow().AddMinutes(10) });
        await PutAsync("paused", columns => columns with { Status = AccountStatus.Paused });
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Silos_Changed_OnlyAccountsThatAreDueAreAskedOnceAndFewAtATime()
    {
        await SweepAsync();

        Assert.Equal(Enumerable.Range(0, Due).Select(number => $"due-{number:000}"), _portals.Watched.Order(StringComparer.Ordinal));
        Assert.InRange(_portals.MostAtATime, 2, 4);
        Assert.DoesNotContain(_log.Lines, line => line.StartsWith("150", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Account_ThatFails_KeepsNoOtherFromIt()
    {
        _portals.Failing = "due-003";

        await SweepAsync();

        Assert.Equal(Due, _portals.Watched.Count);
        var warning = Assert.Single(_log.Lines, line => line.StartsWith("150", StringComparison.Ordinal));
        Assert.StartsWith("1501 Account due-003 ", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Trouble.UpdatesFail)]
    [InlineData(Trouble.UpdatesEnd)]
    [InlineData(Trouble.UpdatesAreCancelled)]
    [InlineData(Trouble.SnapshotFails)]
    public async Task Membership_InTrouble_TheSweepBeginsAgainAndTheProcessGoesOn(Trouble trouble)
    {
        await SweepAsync(trouble);

        Assert.Equal(Due, _portals.Watched.Distinct().Count());
        Assert.Equal(
            trouble == Trouble.UpdatesEnd ? 0 : 1, _log.Lines.Count(line => line.StartsWith("1503 ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task WorkThatIsLeft_IsLookedForEachMinute_WhetherSilosComeOrNot()
    {
        var withWork = Enumerable.Range(0, Due / 2).Select(number => $"due-{(2 * number) + 1:000}").ToHashSet();
        await SweepAsync(afterwards: async advanceUntilAsync =>
        {
            for (var minute = 1; minute <= 2; minute++)
            {
                await advanceUntilAsync(() => _portals.Watched.CountBy(account => account)
                    .Count(asked => withWork.Contains(asked.Key) && asked.Value > minute) == withWork.Count);
            }
        });

        Assert.All(
            _portals.Watched.CountBy(account => account).Where(asked => !withWork.Contains(asked.Key)),
            asked => Assert.Equal(1, asked.Value));
    }

    private Task PutAsync(string account, Func<AccountColumns, AccountColumns> with) =>
        PutAccounts.PutAsync(_database.Accounts, account, with);

    /// <summary>Starts the sweep of a silo that has just come, and waits until as many accounts were asked as are due.</summary>
    private async Task SweepAsync(Trouble trouble = Trouble.None, Func<Func<Func<bool>, Task>, Task>? afterwards = null)
    {
        using var logs = new LoggerFactory([_log]);
        var silo = new OneSilo(trouble);
        using var sweep = new OverdueSweep(
            silo, silo, _portals.Factory, _database.Accounts, new DatabaseCondition(_time), _time, logs.CreateLogger<OverdueSweep>());
        await sweep.StartAsync(Token);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        patience.CancelAfter(TimeSpan.FromSeconds(60));

        // A sweep that begins again asks some accounts a second time, which must not count for the others.
        await AdvanceUntilAsync(() => _portals.Ended >= Due && _portals.Watched.Distinct().Count() >= Due);
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, Token);
        if (afterwards is not null)
        {
            await afterwards(AdvanceUntilAsync);
        }

        await sweep.StopAsync(CancellationToken.None);

        async Task AdvanceUntilAsync(Func<bool> isDone)
        {
            while (!isDone())
            {
                // It waits for silos to settle, from a moment that the test cannot know.
                Assert.False(sweep.ExecuteTask!.IsCompleted);
                _time.Advance(TimeSpan.FromSeconds(1));
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, patience.Token);
            }
        }
    }

    /// <summary>Portals that only count who was asked.</summary>
    private sealed class WatchedPortals
    {
        private int _atATime;
        private int _most;
        private int _ended;

        public ConcurrentQueue<string> Watched { get; } = new();

        public string? Failing { get; set; }

        public int MostAtATime => _most;

        public int Ended => Volatile.Read(ref _ended);

        public IGrainFactory Factory
        {
            get
            {
                var factory = DispatchProxy.Create<IGrainFactory, Answers>();
                ((Answers)(object)factory).Answer = (_, arguments) => Portal(GrainKeys.AccountOf((string)arguments![0]!));
                return factory;
            }
        }

        private IPortalGrain Portal(string account)
        {
            var portal = DispatchProxy.Create<IPortalGrain, Answers>();
            ((Answers)(object)portal).Answer = (_, _) => WatchAsync(account);
            return portal;
        }

        private async Task WatchAsync(string account)
        {
            Watched.Enqueue(account);
            var now = Interlocked.Increment(ref _atATime);
            lock (Watched)
            {
                _most = Math.Max(_most, now);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, Token);
            Interlocked.Decrement(ref _atATime);
            Interlocked.Increment(ref _ended);
            if (account == Failing)
            {
                throw new StorageUnavailableException("The disk is full.");
            }
        }
    }

    internal class Answers : DispatchProxy
    {
        public Func<MethodInfo?, object?[]?, object?> Answer { get; set; } = (_, _) => null;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer(targetMethod, args);
    }

    /// <summary>What goes wrong once.</summary>
    public enum Trouble
    {
        None,
        UpdatesFail,
        UpdatesEnd,
        UpdatesAreCancelled,
        SnapshotFails,
    }

    /// <summary>A cluster of one silo.</summary>
    private sealed class OneSilo(Trouble trouble) : IClusterMembershipService, ILocalSiloDetails
    {
        private Trouble _toCome = trouble;

        public string Name => "silo";

        public string ClusterId => "cluster";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress { get; } = SiloAddress.New(IPAddress.Loopback, 1, 1);

        public SiloAddress GatewayAddress => SiloAddress;

        public ClusterMembershipSnapshot CurrentSnapshot =>
            Comes(Trouble.SnapshotFails) ? throw new InvalidOperationException("No snapshot.") : Snapshot;

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => UpdatesAsync(Token);

        private ClusterMembershipSnapshot Snapshot => new(
            ImmutableDictionary<SiloAddress, ClusterMember>.Empty.Add(SiloAddress, new ClusterMember(SiloAddress, SiloStatus.Active, Name)),
            new MembershipVersion(1));

        public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default) =>
            ValueTask.CompletedTask;

        public Task<bool> TryKill(SiloAddress siloAddress) => throw new NotSupportedException();

        private bool Comes(Trouble kind)
        {
            var comes = _toCome == kind;
            _toCome = comes ? Trouble.None : _toCome;
            return comes;
        }

        private async IAsyncEnumerable<ClusterMembershipSnapshot> UpdatesAsync(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (Comes(Trouble.UpdatesFail))
            {
                throw new InvalidOperationException("No updates.");
            }

            if (Comes(Trouble.UpdatesAreCancelled))
            {
                throw new OperationCanceledException("The table of silos is closed.");
            }

            if (Comes(Trouble.UpdatesEnd))
            {
                yield break;
            }

            yield return Snapshot;
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }
    }
}
