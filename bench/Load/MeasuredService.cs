using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace OrleansSync.Load;

/// <summary>The service with an embedded silo as a process of its own, so that its memory and processor time are its alone.</summary>
internal sealed class MeasuredService : IAsyncDisposable
{
    /// <summary>The operator's key.</summary>
    public const string Key = "load-operator-key-5b1f0e8c2d";

    private static readonly TimeSpan _sampling = TimeSpan.FromMilliseconds(250);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orleanssync-load-");
    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _settings;
    private Process? _process;
    private CancellationTokenSource? _watching;
    private Task _watch = Task.CompletedTask;
    private long _peak;

    public MeasuredService(string period, int port)
    {
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromMinutes(10) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        _settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}",
            ["OrleansSync__AdminKey"] = Key,
            ["OrleansSync__DataDirectory"] = Path.Combine(_directory.FullName, "data"),
            ["OrleansSync__Outbound__AllowedNetworks__0"] = "127.0.0.0/8",
            ["OrleansSync__Schedule__Period"] = period,
            ["Logging__LogLevel__Default"] = "Error",
        };
    }

    /// <summary>Where it serves.</summary>
    public Uri Address => _http.BaseAddress!;

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        var program = Path.Combine(RepositoryRoot(), "src/Api/bin/Release/net10.0/OrleansSync.Api.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program])
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
        };
        foreach (var (setting, value) in _settings)
        {
            start.Environment[setting] = value;
        }

        _process = Process.Start(start)!;

        // What it tells belongs beside the figures, not between them; errors stay visible.
        _process.BeginOutputReadLine();
        _watching = new CancellationTokenSource();
        _watch = SampleAsync(_process, _watching.Token);
        while (!await IsReadyAsync())
        {
            await Task.Delay(_sampling, TimeProvider.System);
        }
    }

    /// <summary>Stops it in order.</summary>
    public async Task StopAsync()
    {
        await _watching!.CancelAsync();
        await _watch;
        using var kill = Process.Start("kill", ["-TERM", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _watching.Dispose();
        _process = null;
    }

    /// <summary>Does something, and prints how long it took, the processor time, and the most memory that the process had meanwhile.</summary>
    public async Task MeasureAsync(string what, Func<Task> work)
    {
        _process!.Refresh();
        Interlocked.Exchange(ref _peak, _process.WorkingSet64);
        var (begin, processor) = (TimeProvider.System.GetTimestamp(), _process.TotalProcessorTime);
        await work();
        _process.Refresh();
        var elapsed = TimeProvider.System.GetElapsedTime(begin);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {what} | {elapsed.TotalSeconds:0.0} s | {(_process.TotalProcessorTime - processor).TotalSeconds:0.0} s | {Interlocked.Read(ref _peak) >> 20} MiB | {_process.WorkingSet64 >> 20} MiB |"));
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

    /// <summary>Reads an answer.</summary>
    public async Task<JsonElement> GetAsync(string path) => await _http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    /// <summary>Makes every account overdue, as if the service had been stopped for so long. Only while it is stopped.</summary>
    public void MakeDue(TimeSpan since)
    {
        using var connection = Open(SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE grain_state SET payload = json_set(payload, '$.lastServedAt', $at) WHERE state_name = 'portal'";
        command.Parameters.AddWithValue("$at", (TimeProvider.System.GetUtcNow() - since).ToString("O", CultureInfo.InvariantCulture));
        command.ExecuteNonQuery();
    }

    /// <summary>The largest row of a state, and how many rows there are.</summary>
    public (long Rows, long Largest) StatesOf(string name)
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*), coalesce(max(length(CAST(payload AS BLOB))), 0) FROM grain_state WHERE state_name = $name";
        command.Parameters.AddWithValue("$name", name);
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await StopAsync();
        }

        _http.Dispose();
        _directory.Delete(recursive: true);
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(_settings["OrleansSync__DataDirectory"], "orleanssync.db"),
            Mode = mode,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return _process!.HasExited ? throw new InvalidOperationException("The service ended at its start.") : false;
        }
    }

    private async Task SampleAsync(Process process, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested && !process.HasExited)
        {
            process.Refresh();
            var now = process.WorkingSet64;
            if (now > Interlocked.Read(ref _peak))
            {
                Interlocked.Exchange(ref _peak, now);
            }

            await Task.Delay(_sampling, TimeProvider.System, CancellationToken.None);
        }
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "OrleansSync.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("This program starts the service of the repository it was built in.");
    }
}
