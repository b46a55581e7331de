using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace OrleansSync.Testing.Client;

/// <summary>The service's HTTP interface as a program elsewhere would use it.</summary>
/// <param name="address">Its address.</param>
/// <param name="key">The key that is sent; null sends none.</param>
/// <param name="diagnosis">What the service wrote, for the message when it cannot be reached.</param>
internal sealed class ApiClient(Uri address, string? key, Func<string> diagnosis)
{
    private static readonly HttpClient _http =
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(330) };

    /// <summary>The same client with another key.</summary>
    public ApiClient WithKey(string? other) => new(address, other, diagnosis);

    /// <summary>Sends a request.</summary>
    /// <exception cref="InvalidOperationException">The service cannot be reached; the message holds what it wrote.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path)) { Content = content };
        if (key is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        try
        {
            return await _http.SendAsync(request, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException exception)
        {
            throw new InvalidOperationException(
                $"{method} {path}: {exception.Message} The service wrote:{Environment.NewLine}{diagnosis()}", exception);
        }
    }

    /// <summary>Sends a request whose status must be the expected one, and reads its answer.</summary>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, HttpStatusCode expected, JsonTypeInfo<T> type, JsonNode? body = null)
    {
        using var answer = await SendAsync(method, path, body is null ? null : JsonContent.Create(body));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable && expected != answer.StatusCode)
        {
            throw new UnavailableException($"{method} {path} answered {text}");
        }

        Assert.True(answer.StatusCode == expected, $"{method} {path} answered {(int)answer.StatusCode}, not {(int)expected}: {text}");
        return JsonSerializer.Deserialize(text, type)!;
    }

    /// <summary>Reads what must be there.</summary>
    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type) => SendAsync(HttpMethod.Get, path, HttpStatusCode.OK, type);

    /// <summary>Sends a request and answers its status.</summary>
    public async Task<HttpStatusCode> StatusAsync(HttpMethod method, string path, HttpContent? content = null)
    {
        using var answer = await SendAsync(method, path, content);
        return answer.StatusCode;
    }

    /// <summary>Reads a list to its end.</summary>
    public async Task<IReadOnlyList<T>> ListAsync<T>(string path, JsonTypeInfo<Page<T>> type)
    {
        var items = new List<T>();
        string? cursor = null;
        do
        {
            var query = cursor is null ? "?limit=200" : $"?limit=200&cursor={Uri.EscapeDataString(cursor)}";
            var page = await GetAsync(path + query, type);
            items.AddRange(page.Items);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return items;
    }
}
