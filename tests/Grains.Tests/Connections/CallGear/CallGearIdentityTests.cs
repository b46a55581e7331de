using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests.Connections;

/// <summary>Whether an access leads to the CallGear account that is stored.</summary>
public sealed class CallGearIdentityTests(ConnectionCluster cluster) : ConnectionTests(cluster)
{
    private const string Secret = "identity-s3cret";

    [Theory]
    [InlineData("https://dataapi.callgear.com/v2.0", true)]
    [InlineData("https://DataAPI.CallGear.com:443/v2.0/", true)]
    [InlineData("https://dataapi.callgear.com/V2.0", false)]
    [InlineData("https://dataapi.callgear.com:8443/v2.0", false)]
    [InlineData("http://dataapi.callgear.com/v2.0", false)]
    [InlineData("https://dataapi.callgear.ae/v2.0", false)]
    [InlineData("not an address", false)]
    public async Task IsSame_Address_IsComparedAsAPlace(string address, bool same)
    {
        var grain = await ConnectAsync("identity-address");

        Assert.Equal(same, await grain.IsSameAsync(Access("other") with { BaseUrl = address }, "other"));
    }

    [Theory]
    [InlineData(Secret, null, true)]
    [InlineData(Secret, 5L, false)]
    [InlineData("identity-s3creT", null, false)]
    [InlineData("identity", null, false)]
    public async Task IsSame_KeyAndCustomer_AreCompared(string key, long? userId, bool same)
    {
        var grain = await ConnectAsync("identity-key");

        Assert.Equal(same, await grain.IsSameAsync(Access("other", key) with { UserId = userId }, "other"));
    }

    [Fact]
    public async Task IsSame_AKeyCannotBeOpened_IsFalse()
    {
        var grain = await ConnectAsync("identity-open");
        var unreadable = Access("other") with { AccessToken = new ProtectedText("protected") };

        Assert.False(await grain.IsSameAsync(Access("other"), "another"));
        Assert.False(await grain.IsSameAsync(unreadable, "other"));
        Assert.False(await grain.IsSameAsync(Access("other") with { AccessToken = null }, "other"));
        Assert.Null(await grain.ConfigureAsync(unreadable));
        Assert.False(await grain.IsSameAsync(Access("other"), "other"));
    }

    [Fact]
    public async Task IsSame_NothingIsStored_IsFalse() => Assert.False(await Cluster.CallGear("identity-nothing").IsSameAsync(Access("other"), "other"));

    [Fact]
    public async Task IsSame_Whatever_LogsNoSecret()
    {
        var grain = await ConnectAsync("identity-log");

        Assert.True(await grain.IsSameAsync(Access(AccountSecrets.NoAccount), AccountSecrets.NoAccount));
        Assert.False(await grain.IsSameAsync(Access("other"), "another"));

        Assert.DoesNotContain(Cluster.Log.Lines, line => line.Contains(Secret, StringComparison.OrdinalIgnoreCase));
    }

    private async Task<ICallGearConnectionGrain> ConnectAsync(string account)
    {
        Assert.Null(await Cluster.CallGear(account).ConfigureAsync(Access(account)));
        return Cluster.CallGear(account);
    }

    private CallGearAccess Access(string owner, string key = Secret) =>
        new() { BaseUrl = "https://dataapi.callgear.com/v2.0", AccessToken = Cluster.Secrets.Protect(owner, key) };
}
