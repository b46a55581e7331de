using CsCheck;
using OrleansSync.Bitrix24.Users;

namespace OrleansSync.Bitrix24.Tests.Users;

public sealed class Bitrix24UserListTests
{
    [Fact]
    public void Add_OneShortBatch_IsComplete()
    {
        var list = new Bitrix24UserList();

        Assert.Null(list.Add(Batch(isLast: true, 1, 2, 9)));
        Assert.True(list.IsComplete);
        Assert.Equal(9, list.LastId);
        Assert.Equal(3, list.Users.Count);
    }

    [Fact]
    public void Add_FullBatchThenEmptyLastOne_IsComplete()
    {
        var list = new Bitrix24UserList();

        Assert.Null(list.Add(Batch(isLast: false, [.. Enumerable.Range(1, 2500).Select(static id => (long)id)])));
        Assert.False(list.IsComplete);
        Assert.Null(list.Add(Batch(isLast: true)));
        Assert.True(list.IsComplete);
        Assert.Equal(2500, list.Users.Count);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(5, 4)]
    public void Add_IdsNotRisingWithinABatch_InvalidAnswer(long first, long second)
    {
        var list = new Bitrix24UserList();

        var error = list.Add(Batch(isLast: true, first, second));

        Assert.Equal(VendorErrorKind.InvalidAnswer, error!.Kind);
        Assert.Equal($"The list of users from Bitrix24 is not whole: user {second} came after user {first}.", error.Message);
        Assert.False(list.IsComplete);
    }

    [Fact]
    public void Add_BatchBeginsAgain_InvalidAnswerForever()
    {
        var list = new Bitrix24UserList();
        Assert.Null(list.Add(Batch(isLast: false, 1, 2)));

        var error = list.Add(Batch(isLast: true, 1, 2));

        Assert.NotNull(error);
        Assert.Same(error, list.Add(Batch(isLast: true, 3)));
        Assert.Same(error, list.Error);
        Assert.False(list.IsComplete);
    }

    [Fact]
    public void Add_EmptyBatchThatClaimsMore_InvalidAnswer() =>
        Assert.Equal(VendorErrorKind.InvalidAnswer, new Bitrix24UserList().Add(Batch(isLast: false))!.Kind);

    [Fact]
    public void Add_AfterTheEnd_Throws()
    {
        var list = new Bitrix24UserList();
        list.Add(Batch(isLast: true, 1));

        Assert.Throws<InvalidOperationException>(() => list.Add(Batch(isLast: true, 2)));
    }

    /// <summary>R8.4: whatever users a portal has and however many pages a request reads, the list is every user exactly once.</summary>
    [Fact]
    public void Add_ChainedPagesOfAnyPortal_IsEveryUserOnce() =>
        Gen.Select(Gen.Long[1, 5000].HashSet[0, 420], Gen.Int[1, 4]).Sample((ids, pages) =>
        {
            var portal = new Portal([.. ids.Order()]);
            var list = new Bitrix24UserList();
            var requests = 0;
            while (!list.IsComplete)
            {
                var result = Responses.Bodies.Read(portal.Batch(list.LastId, pages), (root, scope) => UserBatch.Read(root, scope, pages));
                Assert.Null(list.Add(result.Value));
                requests++;
            }

            Assert.Equal(ids.Order(), list.Users.Select(static user => user.Id));

            // A full last page is known to be the last only by the empty one after it.
            Assert.Equal((ids.Count / UserBatch.PageSize / pages) + 1, requests);
        });

    private static Bitrix24UserBatch Batch(bool isLast, params long[] ids) =>
        new([.. ids.Select(static id => new Bitrix24User { Id = id })], isLast);

    /// <summary>Answers batches as the vendor does, void commands that begin again at the first user among them.</summary>
    private sealed class Portal(long[] ids)
    {
        public string Batch(long afterId, int pages)
        {
            var result = new List<string>();
            for (var page = 0; page < pages; page++)
            {
                var users = ids.Where(id => id > afterId).Take(UserBatch.PageSize).ToList();
                result.Add($"\"p{page}\":[{string.Join(',', users.Select(static id => $$"""{"ID":"{{id}}"}"""))}]");
                afterId = users.Count == UserBatch.PageSize ? users[^1] : 0;
            }

            return """{"result":{"result":{""" + string.Join(',', result) + """},"result_error":[]}}""";
        }
    }
}
