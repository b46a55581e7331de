using System.Net;
using System.Text.RegularExpressions;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.SignIn;

namespace OrleansSync.Api.Tests.Web;

/// <summary>Does with HTTP alone what a browser does: keeps cookies, and sends the token of the last form with the next.</summary>
internal sealed partial class PageVisitor(TestApi api)
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    /// <summary>All cookies, as the browser sends them.</summary>
    public string Cookie => string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    /// <summary>What the browser wishes to read; null for no wish.</summary>
    public string? Language { get; set; }

    /// <summary>Forgets the sign-in and nothing else, as a browser does whose sign-in has ended.</summary>
    public void LoseSignIn() => _cookies.Remove(BrowserSession.CookieName);

    /// <summary>Opens a page and sends a form that the page takes itself.</summary>
    public async Task<HttpResponseMessage> SendFormAsync(string address, string form, params (string Name, string Value)[] fields) =>
        await PostAsync(address, await TokenAsync(address), [.. fields, ("_handler", form)]);

    public async Task SignInAsync(string key)
    {
        using var answer = await PostAsync("/sign-in", await TokenAsync("/sign-in"), ("key", key), ("returnUrl", "/"));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    /// <summary>Opens a page, and goes nowhere else from it.</summary>
    public async Task<HttpResponseMessage> GetAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await SendAsync(request);
    }

    /// <summary>The antiforgery token of a page's forms.</summary>
    public async Task<string> TokenAsync(string address) => Token().Match(await GetTextAsync(address)).Groups[1].Value;

    public async Task<string> GetTextAsync(string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var answer = await SendAsync(request);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async Task<HttpResponseMessage> PostAsync(string address, string? token, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        var form = fields.Select(field => KeyValuePair.Create(field.Name, field.Value));
        request.Content = new FormUrlEncodedContent(token is null ? form : form.Append(KeyValuePair.Create("token", token)));
        return await SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        request.Headers.Accept.ParseAdd("text/html");
        if (Language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(Language);
        }

        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", Cookie);
        }

        var answer = await api.Client.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            var pair = set.Split(';')[0].Split('=', 2);
            _cookies[pair[0]] = pair[1];
        }

        return answer;
    }

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
