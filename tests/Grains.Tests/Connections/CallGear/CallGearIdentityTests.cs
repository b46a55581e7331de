using Microsoft.AspNetCore.DataProtection;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Connections.CallGear;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Tests.Connections.CallGear;

/// <summary>Whether two accesses lead to the same CallGear account.</summary>
public sealed class CallGearIdentityTests
{
    private const string Secret = "identity-s3cret";

    private readonly AccountSecrets _secrets = new(new EphemeralDataProtectionProvider());

    [Theory]
    [InlineData("https://dataapi.callgear.com/v2.0", true)]
    [InlineData("https://DataAPI.CallGear.com:443/v2.0/", true)]
    [InlineData("https://dataapi.callgear.com/V2.0", false)]
    [InlineData("https://dataapi.callgear.com:8443/v2.0", false)]
    [InlineData("http://dataapi.callgear.com/v2.0", false)]
    [InlineData("https://dataapi.callgear.ae/v2.0", false)]
    [InlineData("not an address", false)]
    public void IsSame_Address_IsComparedAsAPlace(string address, bool same) =>
        Assert.Equal(same, IsSame(Access("one"), Access("other") with { BaseUrl = address }, "other"));

    [Theory]
    [InlineData(Secret, null, true)]
    [InlineData(Secret, 5L, false)]
    [InlineData("identity-s3creT", null, false)]
    [InlineData("identity", null, false)]
    public void IsSame_KeyAndCustomer_AreCompared(string key, long? userId, bool same) =>
        Assert.Equal(same, IsSame(Access("one"), Access("other", key) with { UserId = userId }, "other"));

    [Fact]
    public void IsSame_AKeyCannotBeOpened_IsFalse()
    {
        var unreadable = Access("other") with { AccessToken = new ProtectedText("protected") };

        Assert.False(IsSame(Access("one"), Access("other"), "another"));
        Assert.False(IsSame(Access("one"), unreadable, "other"));
        Assert.False(IsSame(Access("one"), Access("other") with { AccessToken = null }, "other"));
        Assert.False(IsSame(unreadable, Access("other"), "other"));
    }

    [Fact]
    public void IsSame_NothingIsStored_IsFalse() => Assert.False(IsSame(null, Access("other"), "other"));

    private bool IsSame(CallGearAccess? one, CallGearAccess other, string ownerOfOther) =>
        new CallGearIdentity(_secrets).IsSame(one, "one", other, ownerOfOther);

    private CallGearAccess Access(string owner, string key = Secret) =>
        new() { BaseUrl = "https://dataapi.callgear.com/v2.0", AccessToken = _secrets.Protect(owner, key) };
}
