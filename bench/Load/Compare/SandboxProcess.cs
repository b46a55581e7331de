using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Load.Compare;

/// <summary>The sandbox as a process of its own, set up and asked by its control API, without limits and latency.</summary>
internal sealed class SandboxProcess : IAsyncDisposable
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromMilliseconds(25);

    // Compiled well at once, as the service is: otherwise it would be compiled anew while it is asked, by the one that asks faster.
    private static readonly Dictionary<string, string> _environment = new()
    {
        ["Logging__LogLevel__Default"] = "Error",
        ["DOTNET_TieredPGO"] = "0",
        ["DOTNET_TC_QuickJit"] = "0",
    };

    // Looking takes a share of the machine, and with a pause so many times as long it is a small one.
    private const int PauseOfLook = 25;

    // Nobody is asked for anything for so long only when an import hangs.
    private static readonly TimeSpan _stall = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly HttpClient _http;

    private SandboxProcess(Process process, HttpClient http) => (_process, _http) = (process, http);

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts it.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    public static async Task<SandboxProcess> StartAsync(CancellationToken cancellationToken)
    {
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{LoopbackPorts.TakeFree(1)[0]}");
        var process = ServiceProgram.Start(ServiceProgram.Root, "src/Sandbox", _environment, ["--urls", address]);
        var sandbox = new SandboxProcess(process, new HttpClient { BaseAddress = new Uri(address + "/_sandbox/") });
        try
        {
            while (!await sandbox.IsReadyAsync(cancellationToken))
            {
                await Task.Delay(_shortestPause, TimeProvider.System, cancellationToken);
            }

            process.BeginOutputReadLine();
            return sandbox;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a portal with users who have an address and a number, and a CallGear account without employees.</summary>
    /// <param name="name">What they are called.</param>
    /// <param name="number">Tells their users from those of others.</param>
    /// <param name="users">How many users.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<Tenant> AddAsync(string name, int number, int users, CancellationToken cancellationToken)
    {
        var portal = await PutAsync(
            $"portals/{name}",
            new JsonObject
            {
                ["settings"] = new JsonObject { ["rateLimited"] = false, ["operatingLimitSeconds"] = 1e9 },
                ["users"] = new JsonArray([.. Enumerable.Range(1, users).Select(id => User(number, id))]),
            },
            cancellationToken);
        var account = await PutAsync($"accounts/{name}", [], cancellationToken);
        return new Tenant(
            name,
            number,
            new Uri(portal.GetProperty("webhookUrl").GetString()!),
            new Uri(account.GetProperty("baseUrl").GetString()!),
            account.GetProperty("accessToken").GetString()!);
    }

    /// <summary>Gives a portal one more user.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="id">The user's id.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public Task AddUserAsync(Tenant tenant, int id, CancellationToken cancellationToken) => PutAsync(
        string.Create(CultureInfo.InvariantCulture, $"portals/{tenant.Id}/users/{id}"), User(tenant.Number, id), cancellationToken);

    /// <summary>Begins to count requests anew.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task ForgetRequestsAsync(CancellationToken cancellationToken)
    {
        using var answer = await _http.DeleteAsync(new Uri("requests", UriKind.Relative), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Requests since they were forgotten.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<VendorRequests> RequestsAsync(CancellationToken cancellationToken)
    {
        var view = await _http.GetFromJsonAsync<JsonElement>(new Uri("requests?limit=0", UriKind.Relative), cancellationToken);
        var counts = view.GetProperty("counts").EnumerateArray()
            .ToLookup(count => count.GetProperty("vendor").GetString(), count => count.GetProperty("requests").GetInt64());
        return new VendorRequests(counts["bitrix24"].Sum(), counts["callGear"].Sum());
    }

    /// <summary>Waits until so many requests have been answered since they were forgotten.</summary>
    /// <param name="requests">Requests to both vendors.</param>
    /// <param name="isRunning">Whether whoever asks is still there.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="IncompleteImportException">They do not come.</exception>
    public async Task UntilServedAsync(long requests, Func<bool> isRunning, CancellationToken cancellationToken)
    {
        var (last, since) = (-1L, TimeProvider.System.GetTimestamp());
        while (last < requests)
        {
            var begin = TimeProvider.System.GetTimestamp();
            var served = (await RequestsAsync(cancellationToken)).Total;
            if (served != last)
            {
                (last, since) = (served, begin);
            }
            else if (!isRunning() || TimeProvider.System.GetElapsedTime(since) > _stall)
            {
                throw new IncompleteImportException(string.Create(
                    CultureInfo.InvariantCulture, $"The imports came to a halt after {served} requests of {requests}."));
            }

            if (last < requests)
            {
                var pause = TimeProvider.System.GetElapsedTime(begin) * PauseOfLook;
                await Task.Delay(pause > _shortestPause ? pause : _shortestPause, TimeProvider.System, cancellationToken);
            }
        }
    }

    /// <summary>Makes sure that a CallGear account has so many employees, and none twice.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="employees">How many.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="IncompleteImportException">It is otherwise.</exception>
    public async Task RequireAsync(Tenant tenant, int employees, CancellationToken cancellationToken)
    {
        // A change of nothing answers the account without its employees.
        using var answer = await _http.PatchAsJsonAsync($"accounts/{tenant.Id}", new JsonObject(), cancellationToken);
        var view = await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var (count, twice) = (view.GetProperty("employeeCount").GetInt32(), view.GetProperty("createdDuplicates").GetArrayLength());
        if (count != employees || twice != 0)
        {
            throw new IncompleteImportException(string.Create(
                CultureInfo.InvariantCulture, $"{tenant.Id} has {count} employees instead of {employees}, {twice} of them twice."));
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await ServiceProgram.StopAsync(_process);
    }

    private static JsonObject User(int tenant, int id) => BitrixUser.Employee(
        id,
        "Ann",
        string.Create(CultureInfo.InvariantCulture, $"Lee {id}"),
        string.Create(CultureInfo.InvariantCulture, $"user.{id}@account-{tenant}.example"),
        "+7 495 1234567").ToJson();

    private async Task<JsonElement> PutAsync(string path, JsonObject body, CancellationToken cancellationToken)
    {
        using var answer = await _http.PutAsJsonAsync(path, body, cancellationToken);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("", UriKind.Relative), cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return _process.HasExited ? throw new InvalidOperationException("The sandbox ended at its start.") : false;
        }
    }
}

/// <summary>Requests that the vendors answered.</summary>
/// <param name="Bitrix24">To portals.</param>
/// <param name="CallGear">To CallGear.</param>
internal readonly record struct VendorRequests(long Bitrix24, long CallGear)
{
    /// <summary>To both.</summary>
    public long Total => Bitrix24 + CallGear;

    /// <summary>Both together.</summary>
    public static VendorRequests operator +(VendorRequests one, VendorRequests other) =>
        new(one.Bitrix24 + other.Bitrix24, one.CallGear + other.CallGear);
}
