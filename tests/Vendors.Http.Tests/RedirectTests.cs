namespace OrleansSync.Vendors.Http.Tests;

public sealed class RedirectTests
{
    private static readonly Uri _asked = new("https://acme.bitrix24.com/rest/1/s3cret/batch");

    [Theory]
    [InlineData("https://new.bitrix24.com/rest/1/s3cret/batch", "new.bitrix24.com", false)]
    [InlineData("https://NEW.bitrix24.com.:443/x", "new.bitrix24.com", false)]
    [InlineData("https://new.example:8443/x", "new.example:8443", false)]
    [InlineData("http://acme.bitrix24.com/x", "acme.bitrix24.com", true)]
    [InlineData("/auth/?backurl=s3cret", "acme.bitrix24.com", true)]
    [InlineData("//other.example/x", "other.example", false)]
    [InlineData("https://user:s3cret@new.example/x", "new.example", false)]
    [InlineData("https://мир.example/x", "xn--h1ahn.example", false)]
    [InlineData("https://[2001:db8::1]/x", "[2001:db8::1]", false)]
    [InlineData("mailto:s3cret@new.example", null, false)]
    [InlineData("javascript:alert(1)", null, false)]
    [InlineData("file:///etc/passwd", null, false)]
    public void Of_Location_KeepsTheHostAlone(string location, string? host, bool isSame) =>
        Assert.Equal(new Redirect(302, host, isSame), Redirect.Of(302, _asked, new Uri(location, UriKind.RelativeOrAbsolute)));

    [Fact]
    public void Of_NoLocation_NamesNoHost() => Assert.Equal(new Redirect(307, null, false), Redirect.Of(307, _asked, null));
}
