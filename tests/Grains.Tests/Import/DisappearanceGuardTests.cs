using System.Collections.Immutable;
using CsCheck;
using OrleansSync.Grains.Import;

namespace OrleansSync.Grains.Tests.Import;

[Trait("Rule", "R8.1")]
public sealed class DisappearanceGuardTests
{
    [Theory]
    [InlineData(1, 4, 0, false)]
    [InlineData(4, 4, 0, false)]
    [InlineData(4, 4, 30, false)]
    [InlineData(1, 5, 0, true)]
    [InlineData(1, 5, 19, true)]
    [InlineData(1, 5, 20, false)]
    [InlineData(1, 5, 30, false)]
    [InlineData(2, 5, 30, true)]
    [InlineData(3, 10, 30, false)]
    [InlineData(4, 10, 30, true)]
    [InlineData(3, 10, 29, true)]
    [InlineData(30, 100, 30, false)]
    [InlineData(31, 100, 30, true)]
    [InlineData(5, 5, 99, true)]
    [InlineData(5, 5, 100, false)]
    [InlineData(1000, 1000, 100, false)]
    [InlineData(2, 6, 33, true)]
    [InlineData(2, 6, 34, false)]
    public void Hold_ShareOfThePopulation_WaitsOnlyWhenStrictlyLarger(int gone, int population, int maxPercent, bool waits) =>
        Assert.Equal(waits ? Ids(gone) : [], Hold(Ids(gone), population, maxPercent));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void Hold_EmptyList_WaitsHoweverFewThereAre(int population) =>
        Assert.Equal(Ids(population), Hold(Ids(population), population, 100, listIsEmpty: true));

    [Fact]
    public void Hold_EmptyListAndNobodyGone_HoldsNobody() => Assert.Empty(Hold([], 0, 0, listIsEmpty: true));

    [Fact]
    public void Hold_NobodyGoneButSomebodyAwaits_HoldsNobody() => Assert.Empty(Hold([], 10, 0, awaiting: [1, 2]));

    [Fact]
    public void Hold_UserOfAnEarlierHoldIsStillGone_EverybodyWaits() => Assert.Equal([2, 9], Hold([2, 9], 100, 30, awaiting: [1, 2]));

    [Fact]
    public void Hold_UsersOfAnEarlierHoldAreBack_OthersAreJudgedAnew() => Assert.Empty(Hold([9], 100, 30, awaiting: [1, 2]));

    [Fact]
    public void Hold_UserOutsideThePopulation_WaitsWithTheOthersButDoesNotCount()
    {
        Assert.Empty(Hold([1, 101, 102], 5, 20));
        Assert.Equal([1, 2, 101], Hold([1, 2, 101], 5, 20));
    }

    [Fact]
    public void Hold_Approved_HoldsOnlyThoseNotApproved() =>
        Assert.Equal([4], Hold([1, 2, 4], 4, 30, approved: [1, 2, 3]));

    [Fact]
    public void Hold_ApprovedAndListStillEmpty_LetsTheApprovedGo() =>
        Assert.Empty(Hold([1, 2, 3], 3, 30, listIsEmpty: true, awaiting: [1, 2, 3], approved: [1, 2, 3]));

    [Fact]
    public void Hold_ApprovalNamesNobody_EverybodyWaits() => Assert.Equal([1], Hold([1], 100, 30, approved: []));

    [Fact]
    public void Hold_AnyShare_AgreesWithTheRuleInFractions() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60], Gen.Int[0, 100]).Sample((first, second, maxPercent) =>
        {
            var (gone, population) = (Math.Min(first, second), Math.Max(first, second));
            var waits = population >= 5 && (decimal)gone / population > maxPercent / 100m;
            Assert.Equal(waits ? Ids(gone) : [], Hold(Ids(gone), population, maxPercent));
        });

    private static ImmutableSortedSet<long> Hold(
        ImmutableSortedSet<long> gone,
        int population,
        int maxPercent,
        bool listIsEmpty = false,
        ImmutableSortedSet<long>? awaiting = null,
        ImmutableSortedSet<long>? approved = null) =>
        DisappearanceGuard.Hold(gone, Ids(population), maxPercent, listIsEmpty, awaiting ?? [], approved);

    private static ImmutableSortedSet<long> Ids(int count) => [.. Enumerable.Range(1, count).Select(id => (long)id)];
}
