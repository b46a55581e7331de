using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OrleansSync.Load;

/// <summary>The HTTP interface of a service under measurement, with the operator's key.</summary>
internal sealed class ServiceClient : IDisposable
{
    /// <summary>The operator's key.</summary>
    public const string Key = "load-operator-key-5b1f0e8c2d";

    private readonly HttpClient _http;

    public ServiceClient(int port)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromMinutes(10) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    /// <summary>Where the service answers.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>Whether the service can be used.</summary>
    /// <param name="process">Its process.</param>
    /// <exception cref="InvalidOperationException">The process ended.</exception>
    public async Task<bool> IsReadyAsync(Process process)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return process.HasExited ? throw new InvalidOperationException("The service ended at its start.") : false;
        }
    }

    /// <summary>Connects an account of the sandbox.</summary>
    public async Task ConnectAsync(string account, Uri webhook, Uri callGear, string accessToken, bool paused = false)
    {
        var body = new JsonObject
        {
            ["displayName"] = account,
            ["bitrix24"] = new JsonObject { ["edition"] = "cloud", ["webhookUrl"] = webhook.AbsoluteUri },
            ["callGear"] = new JsonObject { ["baseUrl"] = callGear.AbsoluteUri, ["accessToken"] = accessToken },
            ["settings"] = new JsonObject { ["paused"] = paused },
        };
        for (var isStored = false; !isStored;)
        {
            using var answer = await _http.PutAsJsonAsync($"api/v1/accounts/{account}", body);
            isStored = answer.IsSuccessStatusCode;
            if (!isStored && answer.Headers.RetryAfter?.Delta is { } wait)
            {
                // More than the file can store at once: whoever asked comes again, and is told from the figures by this line.
                Console.Error.WriteLine($"{account}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
                await Task.Delay(wait, TimeProvider.System);
            }
            else
            {
                answer.EnsureSuccessStatusCode();
            }
        }
    }

    /// <summary>Imports an account and waits for the end.</summary>
    public async Task<JsonElement> SynchronizeAsync(string account)
    {
        using var answer = await _http.PostAsync(new Uri($"api/v1/accounts/{account}/synchronize?wait=300", UriKind.Relative), null);
        var run = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        while (run.GetProperty("finishedAt").ValueKind == JsonValueKind.Null)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
            run = await GetAsync($"api/v1/accounts/{account}/runs/{run.GetProperty("runId").GetString()}");
        }

        return run;
    }

    /// <summary>Asks for an import of an account without waiting for it; answers the run's id.</summary>
    public async Task<string> StartRunAsync(string account)
    {
        using var answer = await _http.PostAsync(new Uri($"api/v1/accounts/{account}/synchronize", UriKind.Relative), null);
        var run = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        return run.GetProperty("runId").GetString()!;
    }

    /// <summary>Reads all accounts.</summary>
    public async Task<IReadOnlyList<JsonElement>> AccountsAsync()
    {
        var accounts = new List<JsonElement>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await GetAsync("api/v1/accounts?limit=200" + (cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : ""));
            accounts.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }

        return accounts;
    }

    /// <summary>Reads an answer.</summary>
    public async Task<JsonElement> GetAsync(string path) => await _http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    /// <summary>A counter as the service's metrics tell it; 0 before it counted anything.</summary>
    public async Task<long> CounterAsync(string name)
    {
        var metrics = await _http.GetStringAsync(new Uri("metrics", UriKind.Relative));
        var line = metrics.Split('\n').SingleOrDefault(line => line.StartsWith(name + "{", StringComparison.Ordinal));
        return line is null ? 0 : (long)double.Parse(
            line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture);
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
