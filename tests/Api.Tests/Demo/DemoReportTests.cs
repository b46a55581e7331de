using OrleansSync.Api.Demo;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Demo;

public sealed class DemoReportTests
{
    private static readonly Uri _link = new("http://127.0.0.1:5080/sign-in/once#code");

    [Fact]
    public void InShort_OnATerminal_EndsWithTheLink() => Assert.Equal(
        [
            "Ctrl+C stops the demo; the same command finds everything as it was.",
            "Later sign in with the operator's key  oso_key",
            $"Open within 10 minutes, once  {_link}",
        ],
        LastLines(Report(_link).InShort()));

    [Fact]
    public void Everything_OnATerminal_EndsWithTheLinkToo() =>
        Assert.Equal($"Open within 10 minutes, once  {_link}", LastLines(Report(_link).Everything())[^1]);

    [Fact]
    public void InShort_WithoutATerminal_TellsTheAddressAndTheKey() => Assert.Equal(
        [
            "Open  http://127.0.0.1:5080/",
            "Sign in with the operator's key  oso_key",
            "Ctrl+C stops the demo; the same command finds everything as it was.",
        ],
        LastLines(Report(link: null).InShort()));

    private static string[] LastLines(string text) => text.Split(Environment.NewLine)[^3..];

    private static DemoReport Report(Uri? link)
    {
        var run = new RunSummary
        {
            RunId = "r1",
            AccountId = "acme",
            Trigger = RunTrigger.Manual,
            Status = RunStatus.Succeeded,
            RequestedAt = DateTimeOffset.UnixEpoch,
            Counts = new(),
        };
        return new(
            new RunResponse(new(run, [])), new Uri("http://127.0.0.1:5080/"), "oso_key", new Uri("http://127.0.0.1:5085/"), "/data")
        {
            OneTimeLink = link,
        };
    }
}
