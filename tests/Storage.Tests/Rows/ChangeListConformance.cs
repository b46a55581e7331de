using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>How the changes of a run that has ended are looked through, on any engine.</summary>
public abstract class ChangeListConformance(StorageFixture fixture) : RowConformance(fixture)
{
    private static readonly ChangeStretch _all = new(0, 100);

    [Fact]
    public async Task Changes_AreInTheOrderOfTheirKindsThenByUser_AndCountedByKind()
    {
        var account = await EveryKindAsync();

        var page = await Runs.ChangesAsync(account.AccountId, RunId(1), _all);
        var stretch = await Runs.ChangesAsync(account.AccountId, RunId(1), _all with { Skip = 1, Take = 3 });

        Assert.Equal([9, 2, 7, 4, 5, 3, 6, 8, 1, 10], page.Changes.Select(change => change.BitrixUserId));
        Assert.Equal(page.Changes.OrderBy(change => change.Kind), page.Changes);
        Assert.Equal([2L, 7L, 4L], stretch.Changes.Select(change => change.BitrixUserId));
        Assert.Equal((10, 10), (page.Total, stretch.Total));
        Assert.All(Enum.GetValues<ChangeKind>(), kind => Assert.Equal(kind is ChangeKind.Held or ChangeKind.NotImported ? 2 : 1,
            stretch.Tallies[kind]));
    }

    [Fact]
    public async Task Changes_OfSomeKinds_AreCountedByThemselvesAndTalliedWithTheOthers()
    {
        var account = await EveryKindAsync();

        var page = await Runs.ChangesAsync(
            account.AccountId, RunId(1), _all with { Kinds = [ChangeKind.NotImported, ChangeKind.Linked], Take = 2 });

        Assert.Equal([6L, 1L], page.Changes.Select(change => change.BitrixUserId));
        Assert.Equal((3, 10), (page.Total, page.Tallies.Values.Sum()));
    }

    [Theory]
    [InlineData("АННА", "2,8,1")]
    [InlineData("EXAMPLE.COM", "8,10")]
    [InlineData(" 10 ", "10")]
    [InlineData("1", "1,10")]
    [InlineData("%", "")]
    [InlineData("  ", "9,2,7,4,5,3,6,8,1,10")]
    public async Task Changes_AreFoundByNameAddressOrId(string text, string expected)
    {
        var account = await EveryKindAsync();

        var page = await Runs.ChangesAsync(account.AccountId, RunId(1), _all with { Query = text });

        Assert.Equal(expected, string.Join(',', page.Changes.Select(change => change.BitrixUserId)));
        Assert.Equal((page.Changes.Length, 10), (page.Total, page.Tallies.Values.Sum()));
    }

    [Fact]
    public async Task Changes_FoundByText_AreReadInStretches()
    {
        var account = await EveryKindAsync();

        var page = await Runs.ChangesAsync(
            account.AccountId, RunId(1), new ChangeStretch(1, 1) { Query = "анна", Kinds = [ChangeKind.Held, ChangeKind.NotImported] });

        Assert.Equal((1L, 2), (Assert.Single(page.Changes).BitrixUserId, page.Total));
    }

    /// <summary>What a run under way is looked through by is what the database does.</summary>
    [Fact]
    public async Task Changes_OfARunUnderWay_AreLookedThroughInTheSameWay()
    {
        var account = await EveryKindAsync();
        var all = (await Runs.ChangesAsync(account.AccountId, RunId(1), _all)).Changes;
        ChangeStretch[] stretches =
        [
            _all, _all with { Skip = 2, Take = 4 }, _all with { HeldOnly = true }, _all with { Kinds = [ChangeKind.Created] },
            _all with { Query = "анна" },
        ];

        foreach (var stretch in stretches)
        {
            var stored = await Runs.ChangesAsync(account.AccountId, RunId(1), stretch);
            var live = ChangePage.Of([.. all.Reverse()], stretch);

            Assert.Equal(stored.Changes.Select(change => change.BitrixUserId), live.Changes.Select(change => change.BitrixUserId));
            Assert.Equal((stored.Total, stored.Tallies.Count), (live.Total, live.Tallies.Count));
            Assert.All(stored.Tallies, tally => Assert.Equal(tally.Value, live.Tallies[tally.Key]));
        }
    }

    private async Task<AccountRow> EveryKindAsync()
    {
        var account = await ConnectAsync();
        await AddAsync(account, User(8) with { Email = "Bob@example.com" }, User(10) with { Email = "moe@Example.com" });
        return await CloseAsync(account, Run(account, 1) with
        {
            Begun =
            [
                Change(1) with { Name = "Анна Ли" }, Change(10),
                Change(2, code: ProblemCode.DeletionGuard) with { Name = "Иоанна" }, Change(7, code: ProblemCode.PortalChanged),
            ],
            Own =
            [
                Change(3, ChangeOutcome.PhoneAdded), Change(4, ChangeOutcome.RemovedFromResponsible), Change(5, ChangeOutcome.Returned),
                Change(6, ChangeOutcome.Linked), Change(8, ChangeOutcome.Created) with { Name = "анна" }, Change(9, ChangeOutcome.Failed),
            ],
        });
    }
}
