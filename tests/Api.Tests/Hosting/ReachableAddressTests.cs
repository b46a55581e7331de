using OrleansSync.Api.Hosting;

namespace OrleansSync.Api.Tests.Hosting;

public sealed class ReachableAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://localhost:5080", "http://localhost:5080/")]
    [InlineData("https://portal.example:5443", "https://portal.example:5443/")]
    [InlineData("http://[::1]:5080", "http://[::1]:5080/")]
    [InlineData("http://[::]:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://0.0.0.0:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://*:5080", "http://127.0.0.1:5080/")]
    [InlineData("http://+:80", "http://127.0.0.1/")]
    public void Of_AnAddressToListenOn_CanBeOpened(string url, string reachable) =>
        Assert.Equal(reachable, ReachableAddress.Of(url).AbsoluteUri);
}
