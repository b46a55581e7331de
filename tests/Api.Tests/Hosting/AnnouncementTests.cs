using OrleansSync.Api.Hosting;
using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Tests.Hosting;

public sealed class AnnouncementTests
{
    private const string Served = "OrleansSync serves at http://127.0.0.1:5080 (web pages; API reference: /docs).";
    private const string Key = "Sign in with the operator's key, made just now and shown this once: oso_key";

    private static readonly string[] _urls = ["http://127.0.0.1:5080"];

    [Fact]
    public void Text_FirstStartOnATerminal_EndsWithTheLink() => Assert.Equal(
        [Served, "Its data is in /data.", Key, "Open within 10 minutes, once  http://127.0.0.1:5080/sign-in/once#code"],
        Lines("/data", new SecretText("oso_key"), new Uri("http://127.0.0.1:5080/sign-in/once#code")));

    [Fact]
    public void Text_FirstStartWithoutATerminal_TellsHowToSignIn() =>
        Assert.Equal([Served, "Its data is in /data.", Key], Lines("/data", new SecretText("oso_key"), link: null));

    [Fact]
    public void Text_OfACluster_TellsTheAddressAlone() => Assert.Equal([Served], Lines(data: null, newKey: null, link: null));

    private static string[] Lines(string? data, SecretText? newKey, Uri? link) =>
        Announcement.Text(_urls, data, newKey, link).Split(Environment.NewLine);
}
