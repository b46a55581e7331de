using OrleansSync.Grains.Interfaces.Keys;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>What the rows of API keys must do on any engine.</summary>
public abstract class KeyRowsConformance(StorageFixture fixture) : RowConformance(fixture)
{
    [Fact]
    public async Task Key_WhenAdded_IsFoundListedAndRevoked()
    {
        var account = await ConnectAsync();

        Assert.Equal(AddKeyOutcome.Added, await Keys.AddAsync(account.AccountId, Key("b"), Start, 2));
        Assert.Equal(AddKeyOutcome.Added, await Keys.AddAsync(account.AccountId, Key("a"), Start.AddSeconds(1), 2));
        Assert.Equal(AddKeyOutcome.Added, await Keys.AddAsync(account.AccountId, Key("a"), Start.AddSeconds(2), 2));
        Assert.Equal(AddKeyOutcome.TooMany, await Keys.AddAsync(account.AccountId, Key("c"), Start, 2));

        Assert.Equal(["b", "a"], await Keys.ListAsync(account.AccountId));
        Assert.Equal([1, 2, 3, 255], (await Keys.FindAsync(account.AccountId, "a"))!.SecretHash);
        Assert.Null(await Keys.FindAsync(account.AccountId, "c"));
        Assert.True(await Keys.RevokeAsync(account.AccountId, "a"));
        Assert.False(await Keys.RevokeAsync(account.AccountId, "a"));
        Assert.Null(await Keys.FindAsync(account.AccountId, "a"));
    }

    [Fact]
    public async Task Keys_AddedAtOnce_AreNotMoreThanAllowed()
    {
        var account = await ConnectAsync();

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(number => Task.Run(() => Keys.AddAsync(account.AccountId, Key("k" + number), Start, 3))));

        Assert.Equal(3, outcomes.Count(outcome => outcome == AddKeyOutcome.Added));
        Assert.Equal(3, (await Keys.ListAsync(account.AccountId)).Length);
    }

    [Fact]
    public async Task Keys_OfAnAccountThatIsBeingErasedOrGone_AreRefused()
    {
        var account = await ConnectAsync();
        Assert.Equal(AddKeyOutcome.Added, await Keys.AddAsync(account.AccountId, Key("k"), Start, 9));

        await RewriteAsync(account, columns => columns with { IsBeingErased = true });

        Assert.Null(await Keys.FindAsync(account.AccountId, "k"));
        Assert.Empty(await Keys.ListAsync(account.AccountId));
        Assert.Equal(AddKeyOutcome.NoAccount, await Keys.AddAsync(account.AccountId, Key("l"), Start, 9));
        Assert.Equal(AddKeyOutcome.NoAccount, await Keys.AddAsync(NewAccountId(), Key("l"), Start, 9));
    }
}
