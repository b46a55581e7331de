using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>What the writer must do on any engine.</summary>
public abstract class RowWriterConformance(StorageFixture fixture) : RowConformance(fixture)
{
    [Fact]
    public async Task Writes_ThatComeTogether_AreSentTogether()
    {
        var account = await ConnectAsync();
        var rows = Enumerable.Range(1, 300).Select(id => User(id)).ToArray();
        using var counted = new CountedWrites(Fixture.Host.Services.GetRequiredService<IMeterFactory>());

        var answers = await Task.WhenAll(rows.Select(row => Users.WriteAsync(First(account.AccountId, row))));

        Assert.DoesNotContain(false, answers);
        Assert.InRange(counted.Batches, 1, 100);
        Assert.InRange(counted.Bytes, 300 * 60, 300 * 300);
    }

    [Fact]
    public async Task Batch_WithARowThatTheDatabaseRefuses_FailsForThatRowAlone()
    {
        var (account, other) = (await ConnectAsync(), await ConnectAsync());
        var closed = await CloseAsync(other, Run(other, 1));
        var usersBefore = Enumerable.Range(1, 20).Select(id => Users.WriteAsync(First(account.AccountId, User(id)))).ToArray();
        var gone = Users.WriteAsync(First(NewAccountId(), User(1)));
        var bad = Accounts.WriteAsync(
            new AccountWrite { Row = closed with { Version = UserRow.NewVersion() }, Expected = closed.Version, Run = Run(other, 1) });
        var usersAfter = Enumerable.Range(21, 20).Select(id => Users.WriteAsync(First(account.AccountId, User(id)))).ToArray();
        var good = Accounts.WriteAsync(
            new AccountWrite { Row = account with { Version = UserRow.NewVersion() }, Expected = account.Version, Run = Run(account, 1) });

        var refusal = await Assert.ThrowsAsync<RowRefusedException>(() => bad);

        Assert.Equal($"The database refused the row of account {other.AccountId}.", refusal.Message);
        Assert.DoesNotContain(false, await Task.WhenAll([.. usersBefore, .. usersAfter, good]));
        Assert.False(await gone);
        Assert.Equal(closed, await Accounts.ReadAsync(other.AccountId));
        Assert.Equal(40, await CountOfAsync("employee", account.AccountId));
    }

    [Fact]
    public async Task Bytes_AreThoseOfWhatWasWritten()
    {
        var account = await ConnectAsync();
        using var counted = new CountedWrites(Fixture.Host.Services.GetRequiredService<IMeterFactory>());

        Assert.True(await Users.WriteAsync(First(account.AccountId, User(1, new string('я', 100_000)))));

        // The name and its folded form, two bytes a letter.
        Assert.InRange(counted.Bytes, 400_000, 401_000);
        Assert.Equal(1, counted.Batches);
    }

    [Fact]
    public async Task WhileTheDatabaseIsAway_EverythingIsRefusedAtOnce()
    {
        var account = await ConnectAsync();
        var condition = Fixture.Host.Services.GetRequiredService<DatabaseCondition>();
        var away = new DatabaseCondition(TimeProvider.System);
        away.ReportAway("Away.");
        var engine = Fixture.Host.Services.GetRequiredService<IRowEngine>();
        var access = new RowAccess(Fixture.Source, engine, away, TimeProvider.System);
        var writer = new RowWriter(engine, access, Fixture.Host.Services.GetRequiredService<IMeterFactory>(), TimeProvider.System);
        var users = new UserRows(access, writer, engine);

        Assert.Equal("Away.", (await Assert.ThrowsAsync<StorageUnavailableException>(() => users.ReadAsync(account.AccountId, 1))).Message);
        Assert.Equal(
            "Away.",
            (await Assert.ThrowsAsync<StorageUnavailableException>(() => users.WriteAsync(First(account.AccountId, User(1))))).Message);
        Assert.Null(condition.Outage);
        Assert.Null(await Users.ReadAsync(account.AccountId, 1));
    }

    /// <summary>What one host's writer counts while this lives.</summary>
    private sealed class CountedWrites : IDisposable
    {
        private readonly MeterListener _listener = new();
        private long _batches;
        private long _bytes;

        public CountedWrites(IMeterFactory scope)
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == RowWriter.MeterName && instrument.Meter.Scope == scope)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
                Interlocked.Add(ref instrument.Name == "orleanssync.storage.batches" ? ref _batches : ref _bytes, value));
            _listener.Start();
        }

        public long Batches => Interlocked.Read(ref _batches);

        public long Bytes => Interlocked.Read(ref _bytes);

        public void Dispose() => _listener.Dispose();
    }
}
