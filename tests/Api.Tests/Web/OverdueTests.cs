using System.Collections.Immutable;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.Operation;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Tests.Web;

public sealed class OverdueTests
{
    private static readonly TimeSpan _period = TimeSpan.FromMinutes(30);

    [Theory]
    [InlineData(45, null)]
    [InlineData(46, "acme")]
    public void Oldest_HalfAPeriodAfterARunWasDue_IsOverdue(int minutes, string? expected) =>
        Assert.Equal(expected, Oldest(Known(("acme", minutes)), Account("acme"))?.AccountId);

    [Fact]
    public void Oldest_OfSeveral_IsTheOneThatWaitedLongest() =>
        Assert.Equal("b", Oldest(Known(("a", 50), ("b", 60), ("c", 10)), Account("a"), Account("b"), Account("c"))?.AccountId);

    [Theory]
    [InlineData(AccountStatus.Paused)]
    [InlineData(AccountStatus.ActionRequired)]
    public void Oldest_AccountThatIsNotScheduled_IsNotOverdue(AccountStatus status) =>
        Assert.Null(Oldest(Known(("acme", 60)), Account("acme") with { Status = status }));

    [Fact]
    public void Oldest_AccountThatWasNeverHeardOf_HasBeenQuietSinceTheStart()
    {
        Assert.Equal("acme", Oldest(Known(), Account("acme"))?.AccountId);
        Assert.Null(Oldest(Known() with { Since = Samples.Noon.AddMinutes(-5) }, Account("acme")));
    }

    private static (string AccountId, string DisplayName, DateTimeOffset At)? Oldest(ServiceActivity activity, params DirectoryEntry[] accounts) =>
        Overdue.Oldest(accounts, activity, Samples.Noon, _period);

    private static DirectoryEntry Account(string id) => new(id, id, AccountStatus.Active);

    private static ServiceActivity Known(params (string AccountId, int MinutesAgo)[] runs) => new(
        Samples.Noon.AddHours(-2), [], runs.ToImmutableDictionary(run => run.AccountId, run => Samples.Noon.AddMinutes(-run.MinutesAgo)));
}
