using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using OrleansSync.Grains.Interfaces.Keys;
using OrleansSync.Grains.Keys;
using OrleansSync.Grains.Tests.Audit;
using OrleansSync.Grains.Tests.Storage;

namespace OrleansSync.Grains.Tests.Keys;

public sealed class AccountKeysGrainTests(TrailCluster cluster)
{
    private static readonly ImmutableArray<byte> _right = Hash("right");

    [Fact]
    public async Task Verify_KeyThatWasAdded_HoldsForItsHashAlone()
    {
        var keys = await KeysAsync("keys-verify");
        var other = await KeysAsync("keys-other");
        Assert.Equal(AddKeyOutcome.Added, await keys.AddAsync(new AccountKey("k1", _right)));

        Assert.True(await keys.VerifyAsync("k1", _right));
        Assert.False(await keys.VerifyAsync("k1", Hash("wrong")));
        Assert.False(await keys.VerifyAsync("k1", []));
        Assert.False(await keys.VerifyAsync("k2", _right));
        Assert.False(await other.VerifyAsync("k1", _right));
        Assert.False(await cluster.Keys("keys-nobody").VerifyAsync("k1", _right));
    }

    [Fact]
    public async Task Revoke_Key_EndsItAndNoOther()
    {
        var keys = await KeysAsync("keys-revoke");
        await keys.AddAsync(new AccountKey("k1", _right));
        await keys.AddAsync(new AccountKey("k2", _right));

        Assert.True(await keys.RevokeAsync("k1"));
        Assert.False(await keys.RevokeAsync("k1"));

        Assert.False(await keys.VerifyAsync("k1", _right));
        Assert.False(await keys.IsValidAsync("k1"));
        Assert.True(await keys.VerifyAsync("k2", _right));
        Assert.True(await keys.IsValidAsync("k2"));
        Assert.Equal(["k2"], await keys.ListAsync());
    }

    [Fact]
    public async Task List_Keys_AreOldestFirst()
    {
        var keys = await KeysAsync("keys-list");
        foreach (var key in (string[])["b", "c", "a"])
        {
            await keys.AddAsync(new AccountKey(key, _right));
            cluster.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(["b", "c", "a"], await keys.ListAsync());
    }

    [Fact]
    public async Task Add_SameKeyAgainAfterALostAnswer_IsThereOnce()
    {
        var keys = await KeysAsync("keys-again");
        await keys.AddAsync(new AccountKey("k1", _right));

        Assert.Equal(AddKeyOutcome.Added, await keys.AddAsync(new AccountKey("k1", Hash("other"))));

        Assert.Equal(["k1"], await keys.ListAsync());
        Assert.True(await keys.VerifyAsync("k1", _right));
    }

    [Fact]
    public async Task Add_MoreThanAnAccountMayHave_IsRefusedUntilOneIsRevoked()
    {
        var keys = await KeysAsync("keys-many");
        for (var index = 0; index < AccountKeysGrain.MaxKeys; index++)
        {
            await keys.AddAsync(new AccountKey(index.ToString(CultureInfo.InvariantCulture), _right));
        }

        Assert.Equal(AddKeyOutcome.TooMany, await keys.AddAsync(new AccountKey("more", _right)));
        Assert.Equal(AddKeyOutcome.Added, await keys.AddAsync(new AccountKey("0", _right)));
        await keys.RevokeAsync("0");
        Assert.Equal(AddKeyOutcome.Added, await keys.AddAsync(new AccountKey("more", _right)));
    }

    [Fact]
    public async Task Add_ManyAtOnce_AreNoMoreThanAnAccountMayHave()
    {
        var keys = await KeysAsync("keys-race");

        var outcomes = await Task.WhenAll(Enumerable.Range(0, AccountKeysGrain.MaxKeys + 10)
            .Select(index => keys.AddAsync(new AccountKey(index.ToString(CultureInfo.InvariantCulture), _right))));

        Assert.Equal(AccountKeysGrain.MaxKeys, outcomes.Count(outcome => outcome == AddKeyOutcome.Added));
        Assert.Equal(AccountKeysGrain.MaxKeys, (await keys.ListAsync()).Length);
    }

    [Fact]
    public async Task Add_NoSuchAccount_IsRefused() =>
        Assert.Equal(AddKeyOutcome.NoAccount, await cluster.Keys("keys-none").AddAsync(new AccountKey("k1", _right)));

    [Fact]
    public async Task Keys_OfAnAccountThatIsBeingErased_AreRefused()
    {
        var keys = await KeysAsync("keys-erased");
        await keys.AddAsync(new AccountKey("k1", _right));

        await PutAccounts.PutAsync(cluster.Database.Accounts, "keys-erased", columns => columns with { IsBeingErased = true });

        Assert.False(await keys.VerifyAsync("k1", _right));
        Assert.False(await keys.IsValidAsync("k1"));
    }

    [Fact]
    public async Task Add_WhileTheAccountIsDisconnected_IsRefusedAndDoesNotSurvive()
    {
        var keys = await KeysAsync("keys-meanwhile");
        await keys.AddAsync(new AccountKey("before", _right));

        await cluster.EraseAsync(
            "keys-meanwhile",
            meanwhile: async () => Assert.Equal(AddKeyOutcome.NoAccount, await keys.AddAsync(new AccountKey("meanwhile", _right))));
        await cluster.ConnectAsync("keys-meanwhile");

        Assert.Empty(await keys.ListAsync());
        Assert.False(await keys.VerifyAsync("before", _right));
        Assert.False(await keys.VerifyAsync("meanwhile", _right));
    }

    [Fact]
    public async Task Row_OfAKey_HoldsItsHash()
    {
        await (await KeysAsync("keys-stored")).AddAsync(new AccountKey("stored-key", _right));

        var stored = await cluster.Database.Keys.FindAsync("keys-stored", "stored-key");

        Assert.Equal("stored-key", stored!.KeyId);
        Assert.Equal(_right, stored.SecretHash);
    }

    private async Task<IAccountKeysGrain> KeysAsync(string account)
    {
        await cluster.ConnectAsync(account);
        return cluster.Keys(account);
    }

    private static ImmutableArray<byte> Hash(string text) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(text))];
}
