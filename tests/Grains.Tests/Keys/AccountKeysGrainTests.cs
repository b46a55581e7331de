using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Keys;
using OrleansSync.Grains.Tests.Audit;

namespace OrleansSync.Grains.Tests.Keys;

public sealed class AccountKeysGrainTests(TrailCluster cluster)
{
    private static readonly ImmutableArray<byte> _right = Hash("right");

    [Fact]
    public async Task Verify_KeyThatWasAdded_HoldsForItsHashAlone()
    {
        var keys = cluster.Keys("keys-verify");
        Assert.Equal(AddKeyOutcome.Added, await keys.AddAsync(new AccountKey("k1", _right)));
        await cluster.ForgetActivationsAsync();

        Assert.True(await keys.VerifyAsync("k1", _right));
        Assert.False(await keys.VerifyAsync("k1", Hash("wrong")));
        Assert.False(await keys.VerifyAsync("k1", []));
        Assert.False(await keys.VerifyAsync("k2", _right));
        Assert.False(await cluster.Keys("keys-other").VerifyAsync("k1", _right));
    }

    [Fact]
    public async Task Revoke_Key_EndsItAndNoOther()
    {
        var keys = cluster.Keys("keys-revoke");
        await keys.AddAsync(new AccountKey("k1", _right));
        await keys.AddAsync(new AccountKey("k2", _right));

        Assert.True(await keys.RevokeAsync("k1"));
        Assert.False(await keys.RevokeAsync("k1"));

        await cluster.ForgetActivationsAsync();
        Assert.False(await keys.VerifyAsync("k1", _right));
        Assert.True(await keys.VerifyAsync("k2", _right));
        Assert.Equal(["k2"], await keys.ListAsync());
    }

    [Fact]
    public async Task Add_SameKeyAgainAfterALostAnswer_IsThereOnce()
    {
        var keys = cluster.Keys("keys-again");
        await keys.AddAsync(new AccountKey("k1", _right));

        Assert.Equal(AddKeyOutcome.Added, await keys.AddAsync(new AccountKey("k1", Hash("other"))));

        Assert.Equal(["k1"], await keys.ListAsync());
        Assert.True(await keys.VerifyAsync("k1", _right));
    }

    [Fact]
    public async Task Add_MoreThanAnAccountMayHave_IsRefusedUntilOneIsRevoked()
    {
        var keys = cluster.Keys("keys-many");
        for (var index = 0; index < AccountKeysGrain.MaxKeys; index++)
        {
            await keys.AddAsync(new AccountKey(index.ToString(CultureInfo.InvariantCulture), _right));
        }

        Assert.Equal(AddKeyOutcome.TooMany, await keys.AddAsync(new AccountKey("more", _right)));
        await keys.RevokeAsync("0");
        Assert.Equal(AddKeyOutcome.Added, await keys.AddAsync(new AccountKey("more", _right)));
    }

    [Fact]
    public async Task Clear_Keys_EndsAllOfThem()
    {
        var keys = cluster.Keys("keys-clear");
        await keys.AddAsync(new AccountKey("k1", _right));
        await keys.ClearAsync();
        await keys.ClearAsync();

        Assert.False(await keys.VerifyAsync("k1", _right));
        Assert.Empty(await keys.ListAsync());
    }

    [Fact]
    public async Task State_StoredKey_IsIdHashAndTimeAndNothingElse()
    {
        await cluster.Keys("keys-stored").AddAsync(new AccountKey("stored-key", _right));

        var json = JsonNode.Parse(cluster.States.JsonOf("accountKeys", "account/keys-stored")!)!;
        var stored = Assert.Single(json["keys"]!.AsArray())!.AsObject();
        Assert.Equal(["keyId", "secretHash", "createdAt"], stored.Select(member => member.Key));
        Assert.Equal(Convert.ToBase64String(_right.AsSpan()), (string?)stored["secretHash"]);
    }

    private static ImmutableArray<byte> Hash(string text) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(text))];
}
