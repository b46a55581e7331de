using CsCheck;
using OrleansSync.Api.Web;

namespace OrleansSync.Api.Tests.Web;

public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/accounts?query=a&page=2")]
    [InlineData("/accounts/acme/history/01a2#content")]
    public void Of_AddressOfThisService_IsTaken(string address) => Assert.Equal(address, LocalPath.Of(address));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("accounts")]
    [InlineData("//example.com")]
    [InlineData("/\\example.com")]
    [InlineData("https://example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/example.com")]
    public void Of_AnythingElse_IsTheFirstPage(string? address) => Assert.Equal("/", LocalPath.Of(address));

    [Fact]
    public void Of_AnyText_StaysOnThisHost() => Gen.String.Sample(text =>
        Assert.Equal("service.test", new Uri(new Uri("http://service.test/"), LocalPath.Of(text)).Host));
}
