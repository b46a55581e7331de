using OrleansSync.Api.Web.Shell;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The addresses of lists: what is chosen in them, how they are sorted, and which page of them is shown.</summary>
public sealed class ListAddressTests
{
    private static readonly ListAddress _list =
        new("accounts", ("query", "a&b"), ("status", null), ("sort", "name"), ("page", "3"));

    [Fact]
    public void With_AnotherChoice_KeepsTheOthersAndLeavesThePage() => Assert.Equal(
        "accounts?query=a%26b&sort=name&status=held", _list.With(("status", "held")));

    [Fact]
    public void With_NothingInsteadOfAChoice_TakesItAway() => Assert.Equal("accounts?sort=name", _list.With(("query", null)));

    [Fact]
    public void With_APage_HasThatPageAlone() => Assert.Equal("accounts?query=a%26b&sort=name&page=4", _list.With(("page", "4")));

    [Fact]
    public void With_NothingChosen_IsThePathAlone() => Assert.Equal("accounts", new ListAddress("accounts", ("query", "")).With());

    [Fact]
    public void BesidesOf_AField_AreTheOthersThatAreChosen() => Assert.Equal([("sort", "name")], _list.BesidesOf("query"));

    [Theory]
    [InlineData(null, null, false)]
    [InlineData("", null, false)]
    [InlineData("name", "name", false)]
    [InlineData("-name", "name", true)]
    public void Parse_OfAnAddress_IsColumnAndDirection(string? value, string? by, bool isDown) =>
        Assert.Equal(new Sorting(by, isDown), Sorting.Parse(value));

    [Theory]
    [InlineData(null, "name")]
    [InlineData("name", "-name")]
    [InlineData("-name", "name")]
    [InlineData("users", "name")]
    [InlineData("-users", "name")]
    public void After_APressOnAColumn_SortsByItThenTurnsRound(string? before, string expected) =>
        Assert.Equal(expected, Sorting.Parse(before).After("name"));

    [Theory]
    [InlineData(0, 0, 1, 1, 0)]
    [InlineData(-7, 120, 1, 3, 0)]
    [InlineData(2, 120, 2, 3, 50)]
    [InlineData(3, 100, 2, 2, 50)]
    [InlineData(int.MaxValue, 101, 3, 3, 100)]
    public void Paging_OfAnyWantedPage_IsTheNearestThereIs(int wanted, int count, int page, int pages, int skip)
    {
        var paging = Paging.Of(wanted, count, size: 50);

        Assert.Equal((page, pages, skip), (paging.Page, paging.Pages, paging.Skip));
    }
}
