using System.Net;
using CsCheck;
using OrleansSync.Grains.Outbound;

namespace OrleansSync.Grains.Tests.Outbound;

public sealed class OutboundAddressPolicyTests
{
    private static readonly OutboundAddressPolicy _strict = new([]);

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("223.255.255.255")]
    [InlineData("2001:4860:4860::8888")]
    [InlineData("2a00:1450::1")]
    public void Allows_WhenAddressIsPublic_OverHttpsOnly(string address)
    {
        Assert.True(_strict.Allows(IPAddress.Parse(address), isEncrypted: true));
        Assert.False(_strict.Allows(IPAddress.Parse(address), isEncrypted: false));
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("10.255.255.255")]
    [InlineData("100.64.0.0")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.0")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.255.255")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.255")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::8.8.8.8")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::ffff:0:8.8.8.8")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:10::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:0a00:0001::1")]
    [InlineData("2002:0808:0808::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("2a00:1450::1%3")]
    public void Allows_WhenAddressIsSpecial_OnlyInsideAnAllowedNetwork(string text)
    {
        var address = IPAddress.Parse(text);
        Assert.False(_strict.Allows(address, isEncrypted: true));
        Assert.False(_strict.Allows(address, isEncrypted: false));

        var open = new OutboundAddressPolicy([IPNetwork.Parse("0.0.0.0/0"), IPNetwork.Parse("::/0")]);
        Assert.True(open.Allows(address, isEncrypted: true));
        Assert.True(open.Allows(address, isEncrypted: false));
    }

    [Theory]
    [InlineData("127.0.0.0/8", "127.0.0.1", true)]
    [InlineData("127.0.0.0/8", "::ffff:127.0.0.1", true)]
    [InlineData("127.0.0.0/8", "::1", false)]
    [InlineData("127.0.0.0/8", "10.0.0.1", false)]
    [InlineData("127.0.0.1/32", "127.0.0.2", false)]
    [InlineData("10.0.0.0/8", "64:ff9b::10.0.0.1", false)]
    [InlineData("10.0.0.0/8", "2002:0a00:0001::1", false)]
    [InlineData("fd00::/8", "fd00::1", true)]
    [InlineData("2000::/3", "::ffff:10.0.0.1", false)]
    [InlineData("8000::/1", "::ffff:192.168.0.1", false)]
    public void Allows_WhenANetworkIsAllowed_ExactlyIt(string network, string address, bool expected) =>
        Assert.Equal(expected, new OutboundAddressPolicy([IPNetwork.Parse(network)]).Allows(IPAddress.Parse(address), isEncrypted: false));

    [Theory]
    [InlineData("https://127.0.0.1/")]
    [InlineData("https://127.0.0.1./")]
    [InlineData("https://127.1/")]
    [InlineData("https://2130706433/")]
    [InlineData("https://0x7f000001/")]
    [InlineData("https://0x7f.1/")]
    [InlineData("https://0177.0.0.1/")]
    [InlineData("https://017700000001/")]
    [InlineData("https://2130706433./")]
    [InlineData("https://user:password@127.0.0.1/")]
    [InlineData("https://[::1]/")]
    [InlineData("https://[::ffff:7f00:1]/")]
    [InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]/")]
    [InlineData("https://[fe80::1%25eth0]/")]
    [InlineData("https://localhost/")]
    [InlineData("https://LOCALHOST./")]
    [InlineData("https://anything.localhost/")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://0/")]
    [InlineData("http://8.8.8.8/")]
    [InlineData("http://portal.example/")]
    [InlineData("ftp://portal.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://8.8.8.8/")]
    public void WhyRefused_WhenUrlIsDangerousByItsText_SaysWhyWithoutThePath(string url)
    {
        var why = _strict.WhyRefused(new(url));

        Assert.NotNull(why);
        Assert.DoesNotContain("password", why, StringComparison.Ordinal);
        Assert.DoesNotContain("meta-data", why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://acme.bitrix24.com/rest/1/secret/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2a00:1450::1]/")]
    [InlineData("https://localhost.example.com/")]
    [InlineData("https://10.example.com/")]
    [InlineData("https://intranet/")]
    public void WhyRefused_WhenUrlMayBeFine_IsNull(string url) => Assert.Null(_strict.WhyRefused(new(url)));

    [Theory]
    [InlineData("http://127.0.0.1:5090/rest/1/secret/", true)]
    [InlineData("http://localhost:5090/", true)]
    [InlineData("https://[::ffff:127.0.0.1]/", true)]
    [InlineData("http://portal.example/", true)]
    [InlineData("http://8.8.8.8/", false)]
    [InlineData("http://10.0.0.1/", false)]
    [InlineData("https://8.8.8.8/", true)]
    public void WhyRefused_WhenLoopbackIsAllowed_JudgesByIt(string url, bool isAllowed) =>
        Assert.Equal(isAllowed, new OutboundAddressPolicy([IPNetwork.Parse("127.0.0.0/8")]).WhyRefused(new(url)) is null);

    [Fact]
    public void Admit_WhenSomeAreRefused_AnswersTheOthersInTheirOrder()
    {
        IPAddress[] candidates = [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("8.8.8.8"), IPAddress.Loopback, IPAddress.Parse("1.1.1.1")];

        Assert.Equal([candidates[1], candidates[3]], _strict.Admit("portal.example", candidates, isEncrypted: true));
    }

    [Fact]
    public void Admit_WhenAllAreRefused_ThrowsAndNamesHostAndAddresses()
    {
        var refused = Assert.Throws<AddressRefusedException>(
            () => _strict.Admit("portal.example", [IPAddress.Parse("10.0.0.1")], isEncrypted: true));

        Assert.Equal(
            "The host portal.example may not be called: its address 10.0.0.1 is not on the public internet and in none of the networks of "
            + "OrleansSync__Outbound__AllowedNetworks.",
            refused.Message);
    }

    [Fact]
    public void Allows_WhenAnyIPv4IsMappedOrEmbedded_NeverAllowsWhatTheAddressItselfIsRefused() => Gen.UInt.Sample(bits =>
    {
        var v4 = new IPAddress(BitConverter.GetBytes(bits));
        var bytes = v4.GetAddressBytes();
        IPAddress[] forms =
        [
            v4.MapToIPv6(), IPAddress.Parse($"::{v4}"), IPAddress.Parse($"64:ff9b::{v4}"),
            IPAddress.Parse($"2002:{bytes[0]:x2}{bytes[1]:x2}:{bytes[2]:x2}{bytes[3]:x2}::1"),
        ];
        return forms.All(form => !_strict.Allows(form, isEncrypted: true));
    });

    [Fact]
    public void WhyRefused_WhenAnyRefusedIPv4IsSpelledAsANumber_RefusesIt() => Gen.UInt.Sample(bits =>
    {
        var v4 = new IPAddress([(byte)(bits >> 24), (byte)(bits >> 16), (byte)(bits >> 8), (byte)bits]);
        var isRefused = !_strict.Allows(v4, isEncrypted: true);
        string[] spellings = [$"https://{bits}/", $"https://0x{bits:x}/", $"https://{v4}./", $"https://[::ffff:{v4}]/"];
        return !isRefused || spellings.All(url => _strict.WhyRefused(new(url)) is not null);
    });
}
