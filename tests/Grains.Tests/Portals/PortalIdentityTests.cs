using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>R8.12: when a portal counts as the same without further proof.</summary>
[Trait("Rule", "R8.12")]
public sealed class PortalIdentityTests
{
    [Theory]
    [InlineData("acme.example", null, "acme.example", null, true)]
    [InlineData("acme.example", "7ab", "acme.example", null, true)]
    [InlineData("acme.example", "7ab", "acme.example", "7ab", true)]
    [InlineData("acme.example", "7ab", "acme.example", "2f6", false)]
    [InlineData("acme.example", null, "other.example", null, false)]
    [InlineData("acme.example", "7ab", "other.example", "7ab", false)]
    [InlineData("acme.example", null, "acme.example:8443", null, false)]
    [InlineData("acme.example/portal", null, "acme.example", null, false)]
    public void Portals_AreTheSame_ByAddress_AndWhereBothTellTheirId(string one, string? itsId, string other, string? othersId, bool same)
    {
        var (first, second) = (new PortalIdentity(one, itsId), new PortalIdentity(other, othersId));

        Assert.Equal(same, first.IsSameAs(second));
        Assert.Equal(same, second.IsSameAs(first));
    }

    [Theory]
    [InlineData("acme.example", null, "7ab")]
    [InlineData("acme.example", "2f6", "2f6")]
    [InlineData("other.example", null, null)]
    public void Id_ThatAnotherConnectionToldIsKept_WhileTheAddressIsTheSame(string address, string? told, string? expected) =>
        Assert.Equal(expected, new PortalIdentity(address, told).KnownAs(new PortalIdentity("acme.example", "7ab")).MemberId);
}
