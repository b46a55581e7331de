using System.Net;
using System.Net.Sockets;
using OrleansSync.Api.Hosting;
using OrleansSync.Storage;

namespace OrleansSync.Api.Tests.Hosting;

public sealed class AddressCheckTests
{
    [Fact]
    public void RequireFree_AddressOfAnotherProgram_NamesItAndSaysWhatToDo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        var refusal = Assert.Throws<StartRefusedException>(() => AddressCheck.RequireFree($"http://127.0.0.1:0;{url}"));

        Assert.Contains(url, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("ASPNETCORE_URLS", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireFree_NotAnAddress_IsRefused() =>
        Assert.Contains(
            "nonsense", Assert.Throws<StartRefusedException>(() => AddressCheck.RequireFree("nonsense")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://localhost:0;http://[::1]:0;http://*:0")]
    public void RequireFree_FreeAddresses_AreTaken(string urls) => AddressCheck.RequireFree(urls);
}
