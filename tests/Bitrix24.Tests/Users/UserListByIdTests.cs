using CsCheck;
using OrleansSync.Bitrix24.Users;

namespace OrleansSync.Bitrix24.Tests.Users;

public sealed class UserListByIdTests
{
    [Fact]
    public void Add_OneShortPage_IsComplete()
    {
        var list = new UserListById();

        Assert.Null(list.Add(Batch([1, 2, 9])));
        Assert.True(list.IsComplete);
        Assert.Equal(UserPosition.AfterId(9), list.NextPosition);
        Assert.Equal(3, list.Users.Count);
    }

    [Fact]
    public void Add_FullPagesThenAnEmptyOne_IsComplete()
    {
        var list = new UserListById();

        Assert.Null(list.Add(Batch(Ids(1, 50), Ids(51, 50))));
        Assert.False(list.IsComplete);
        Assert.Null(list.Add(Batch(Ids(101, 0))));
        Assert.True(list.IsComplete);
        Assert.Equal(100, list.Users.Count);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 4)]
    public void Add_IdsNotRisingWithinAPage_InvalidAnswerThatSaysNothingOfTheFilter(long first, long second)
    {
        var list = new UserListById();

        var error = list.Add(Batch([first, second]));

        Assert.Equal(VendorErrorKind.InvalidAnswer, error!.Kind);
        Assert.Equal($"The list of users from Bitrix24 is not whole: user {second} came after user {first}.", error.Message);
        Assert.False(list.IsComplete);
        Assert.False(list.IsFilterIgnored);
    }

    [Fact]
    [Trait("Rule", "R8.4")]
    public void Add_NextPageIsTheFirstAgain_InvalidAnswerForeverBecauseTheFilterIsIgnored()
    {
        var list = new UserListById();

        var error = list.Add(Batch(Ids(1, 50), Ids(1, 50)));

        Assert.NotNull(error);
        Assert.True(list.IsFilterIgnored);
        Assert.Same(error, list.Add(Batch([51])));
        Assert.Same(error, list.Error);
        Assert.False(list.IsComplete);
    }

    [Fact]
    [Trait("Rule", "R8.4")]
    public void Add_NextBatchBeginsBeforeTheLastUser_FilterIsIgnored()
    {
        var list = new UserListById();
        Assert.Null(list.Add(Batch(Ids(1, 50))));

        Assert.NotNull(list.Add(Batch([50, 51])));

        Assert.True(list.IsFilterIgnored);
    }

    [Fact]
    public void Add_BatchWithoutPages_InvalidAnswer() =>
        Assert.Equal(VendorErrorKind.InvalidAnswer, new UserListById().Add(Batch())!.Kind);

    [Fact]
    public void Add_AfterTheEnd_Throws()
    {
        var list = new UserListById();
        list.Add(Batch([1]));

        Assert.Throws<InvalidOperationException>(() => list.Add(Batch([2])));
    }

    /// <summary>R8.4: whatever users a portal has and however many pages a request reads, the list is every user exactly once.</summary>
    [Fact]
    public void Add_ChainedPagesOfAnyPortal_IsEveryUserOnce() =>
        Gen.Select(Gen.Long[1, 5000].HashSet[0, 420], Gen.Int[1, 4]).Sample((ids, pages) =>
        {
            var portal = new Portal([.. ids.Order()]);
            var list = new UserListById();
            var requests = 0;
            while (!list.IsComplete)
            {
                var answer = portal.Batch(list.NextPosition.Id!.Value, pages);
                var result = Responses.Bodies.ReadBatch(answer, pages);
                Assert.Null(list.Add(result.Value));
                requests++;
            }

            Assert.Equal(ids.Order(), list.Users.Select(static user => user.Id));

            // A full last page is known to be the last only by the empty one after it.
            Assert.Equal((ids.Count / Bitrix24UserPage.Size / pages) + 1, requests);
        });

    private static long[] Ids(long first, int count) => [.. Enumerable.Range(0, count).Select(index => first + index)];

    private static Bitrix24UserBatch Batch(params long[][] pages) =>
        new([.. pages.Select(static ids => new Bitrix24UserPage([.. ids.Select(static id => new Bitrix24User { Id = id })]))]);

    /// <summary>Answers batches as the vendor does, void commands that begin again at the first user among them.</summary>
    private sealed class Portal(long[] ids)
    {
        public string Batch(long afterId, int pages)
        {
            var result = new List<string>();
            for (var page = 0; page < pages; page++)
            {
                var users = ids.Where(id => id > afterId).Take(Bitrix24UserPage.Size).ToList();
                result.Add($"\"p{page}\":[{string.Join(',', users.Select(static id => $$"""{"ID":"{{id}}"}"""))}]");
                afterId = users.Count == Bitrix24UserPage.Size ? users[^1] : 0;
            }

            return """{"result":{"result":{""" + string.Join(',', result) + """},"result_error":[]}}""";
        }
    }
}
