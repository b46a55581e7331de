namespace OrleansSync.CallGear.Tests;

public sealed class CallGearCredentialsTests
{
    [Fact]
    public void ToString_Always_ShowsNoKey() =>
        Assert.Equal(
            "CallGear https://dataapi.callgear.com/v2.0",
            new CallGearCredentials(new Uri("https://dataapi.callgear.com/v2.0"), "s3cret", 5).ToString());

    [Theory]
    [InlineData("ftp://x/v2.0")]
    [InlineData("/v2.0")]
    [InlineData("https://ann@x/v2.0")]
    [InlineData("https://x/v2.0?a")]
    [InlineData("https://x/v2.0#a")]
    public void Constructor_AnotherAddress_Throws(string url) =>
        Assert.Throws<ArgumentException>(() => new CallGearCredentials(new Uri(url, UriKind.RelativeOrAbsolute), "s3cret", null));

    [Theory]
    [InlineData("https://dataapi.callgear.com/v2.0/")]
    [InlineData("https://dataapi.callgear.com/v2.0//")]
    [InlineData("https://DATAAPI.callgear.com:443/v2.0")]
    public void BaseUrl_AnotherSpelling_IsCalledInTheOneForm(string url) => Assert.Equal(
        "https://dataapi.callgear.com/v2.0", new CallGearCredentials(new Uri(url), "s3cret", null).BaseUrl.AbsoluteUri);

    [Fact]
    public void Constructor_BlankKey_Throws() =>
        Assert.Throws<ArgumentException>(() => new CallGearCredentials(new Uri("https://x/v2.0"), " ", null));
}
