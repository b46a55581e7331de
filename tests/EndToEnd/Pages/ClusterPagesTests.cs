using System.Net;
using System.Text.RegularExpressions;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Services;

namespace OrleansSync.EndToEnd.Pages;

/// <summary>The pages of an API process that is a client of its cluster.</summary>
public sealed partial class ClusterPagesTests(Product product)
{
    [Theory]
    [InlineData("/accounts", "Connect an account")]
    [InlineData("/operation", "Silos")]
    [InlineData("/dashboard/", "Orleans Dashboard")]
    [InlineData("/dashboard/DashboardCounters", "\"totalActiveHostCount\":")]
    public async Task OperatorsPage_OfACluster_Shows(string address, string text)
    {
        var service = await product.ClusterAsync();
        using var browser = new HttpClient { BaseAddress = service.Address };
        browser.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var form = await browser.GetStringAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        using var key = new FormUrlEncodedContent(
            [new("key", RunningService.AdminKey), new("returnUrl", address), new("token", Token().Match(form).Groups[1].Value)]);

        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), key, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.OK, address), (answer.StatusCode, answer.RequestMessage!.RequestUri!.AbsolutePath));
        Assert.Contains(text, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
