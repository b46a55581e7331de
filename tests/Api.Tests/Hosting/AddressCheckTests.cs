using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using OrleansSync.Api.Hosting;
using OrleansSync.Storage;

namespace OrleansSync.Api.Tests.Hosting;

public sealed class AddressCheckTests
{
    [Theory]
    [InlineData("urls", "http://127.0.0.1:0;http://127.0.0.1:{0}", "ASPNETCORE_URLS")]
    [InlineData("http_ports", "{0}", "ASPNETCORE_HTTP_PORTS")]
    [InlineData("Kestrel:Endpoints:Web:Url", "http://127.0.0.1:{0}", "Kestrel__Endpoints__Web__Url")]
    public void RequireFree_AddressOfAnotherProgram_NamesItAndSaysWhatToDo(string setting, string value, string named)
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = $"{((IPEndPoint)other.LocalEndpoint).Port}";

        var refusal = Refusal(setting, value.Replace("{0}", port, StringComparison.Ordinal));

        Assert.Contains($":{port}: Address already in use. Stop the program", refusal, StringComparison.Ordinal);
        Assert.EndsWith($"set {named} to another.", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("urls", "nonsense", "nonsense is not an address to serve at. Set ASPNETCORE_URLS to one such as http://127.0.0.1:5080.")]
    [InlineData(
        "urls",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:99999 is not an address to serve at. Set ASPNETCORE_URLS to one such as http://127.0.0.1:5080.")]
    [InlineData("http_ports", "abc", "http://*:abc is not an address to serve at. Set ASPNETCORE_HTTP_PORTS to one such as 8080.")]
    [InlineData("https_ports", "8443;x", "https://*:x is not an address to serve at. Set ASPNETCORE_HTTPS_PORTS to one such as 8080.")]
    public void RequireFree_NotAnAddress_IsRefused(string setting, string value, string message) =>
        Assert.Equal(message, Refusal(setting, value));

    [Theory]
    [InlineData("urls", "")]
    [InlineData("urls", "http://127.0.0.1:0")]
    [InlineData("urls", "http://localhost:0;http://[::1]:0;http://*:0;http://unix:/tmp/orleanssync.sock")]
    [InlineData("http_ports", "0")]
    public void RequireFree_FreeAddresses_AreTaken(string setting, string value) => AddressCheck.RequireFree(Addresses((setting, value)));

    [Fact]
    public void Of_EndpointsWithNames_StandAboveAddressesAndThoseAbovePorts()
    {
        (string, string) ports = ("http_ports", "1"), urls = ("urls", "http://127.0.0.1:2");
        (string, string) web = ("Kestrel:Endpoints:Web:Url", "http://a:3");

        Assert.Equal(["http://a:3"], Addresses(ports, urls, web).Select(address => address.Url));
        Assert.Equal(["http://127.0.0.1:2"], Addresses(ports, urls).Select(address => address.Url));
        Assert.Equal(["http://*:1"], Addresses(ports).Select(address => address.Url));
    }

    private static string Refusal(string setting, string value) =>
        Assert.Throws<StartRefusedException>(() => AddressCheck.RequireFree(Addresses((setting, value)))).Message;

    private static IReadOnlyList<ServedAddress> Addresses(params (string Setting, string Value)[] settings) => ServedAddress.Of(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Setting, setting.Value)))
            .Build());
}
