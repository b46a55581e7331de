using CsCheck;
using OrleansSync.Bitrix24.Users;

namespace OrleansSync.Bitrix24.Tests.Users;

/// <summary>R8.4 for portals that drop the filter by id: as many different users as every page told.</summary>
[Trait("Rule", "R8.4")]
public sealed class UserListByStartTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(50, 1)]
    [InlineData(51, 2)]
    [InlineData(100, 2)]
    [InlineData(101, 3)]
    public void Add_PagesOfAWholeList_IsCompleteAfterAsManyAsThereAre(int users, int pages)
    {
        var list = new UserListByStart();
        var read = 0;
        while (!list.IsComplete)
        {
            Assert.Equal(UserPosition.AfterUsers(read * 50), list.NextPosition);
            Assert.Null(list.Add(new([Page(users, (read * 50) + 1, Math.Min(50, users - (read * 50)))])));
            read++;
        }

        Assert.Equal(pages, read);
        Assert.Equal(users, list.Users.Count);
    }

    [Fact]
    public void Add_PagesBeyondTheLast_AreVoid()
    {
        var list = new UserListByStart();

        Assert.Null(list.Add(new([Page(60, 1, 50), Page(60, 51, 10), Page(60, 1, 50)])));

        Assert.True(list.IsComplete);
        Assert.Equal(60, list.Users.Count);
    }

    [Fact]
    public void PagesLeft_TotalIsKnown_CountsThem()
    {
        var list = new UserListByStart();
        Assert.Null(list.PagesLeft);

        list.Add(new([Page(151, 1, 50)]));

        Assert.Equal(3, list.PagesLeft);
    }

    [Fact]
    public void Add_TotalChanges_IsNotWhole()
    {
        var list = new UserListByStart();
        list.Add(new([Page(60, 1, 50)]));

        Assert.Equal(
            "The list of users from Bitrix24 is not whole: the number of users changed from 60 to 61 while it was read.",
            list.Add(new([Page(61, 51, 11)]))!.Message);
    }

    [Fact]
    public void Add_PageIsTheFirstAgain_IsNotWholeAtOnce()
    {
        var list = new UserListByStart();

        var error = list.Add(new([Page(1_000, 1, 50), Page(1_000, 1, 50)]));

        Assert.Equal("The list of users from Bitrix24 is not whole: 50 different users came instead of 1000.", error!.Message);
    }

    [Fact]
    public void Add_NoTotal_IsNotWhole() => Assert.NotNull(new UserListByStart().Add(new([Page(null, 1, 3)])));

    /// <summary>Whatever pages come: a complete list has as many different users as every page told.</summary>
    [Fact]
    public void IsComplete_AnyPages_OnlyWithAsManyDifferentUsersAsEachPageTold() =>
        Gen.Select(Gen.Int[0, 130], Gen.Select(Gen.Int[1, 100], Gen.Int[0, 50], Gen.Int[-1, 1]).Array[1, 4]).Sample((total, pages) =>
        {
            var list = new UserListByStart();
            Bitrix24UserPage[] sent = [.. pages.Select(page => Page(Math.Max(0, total + (page.Item3 / 2)), page.Item1, page.Item2))];

            var error = list.Add(new(sent));

            Assert.True(error is null || !list.IsComplete);
            if (list.IsComplete)
            {
                Assert.Equal(total, list.Users.Count);
                Assert.Equal(list.Users.Select(static user => user.Id).Distinct().Order(), list.Users.Select(static user => user.Id));
            }
        });

    private static Bitrix24UserPage Page(long? total, int first, int count) =>
        new([.. Enumerable.Range(first, Math.Max(0, count)).Select(static id => new Bitrix24User { Id = id })], total);
}
