using System.Net;
using OrleansSync.Faults.Campaign;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.Faults.Soak;

/// <summary>Many small accounts of one service.</summary>
internal sealed class Fleet
{
    private const int Users = 3;
    private const int AtATime = 8;
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    private readonly RunningService _service;
    private readonly SandboxServer _sandbox;
    private readonly Random _random;
    private readonly Tenant[] _tenants;
    private readonly List<IDisposable> _troubles = [];

    /// <summary>Makes the accounts in the sandbox.</summary>
    public Fleet(RunningService service, SandboxServer sandbox, int seed, int accounts)
    {
        (_service, _sandbox, _random) = (service, sandbox, new Random(seed));
        _tenants = [.. Enumerable.Range(0, accounts).Select(_ => Tenant.Create(service, sandbox, People.Seed(People.Users(Users))))];
    }

    /// <summary>How many there are.</summary>
    public int Count => _tenants.Length;

    /// <summary>How long it took to connect and import all.</summary>
    public TimeSpan Connecting { get; private set; }

    /// <summary>Connects all and waits until each has its employees.</summary>
    public async Task ConnectAsync()
    {
        var started = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(_tenants, new ParallelOptions { MaxDegreeOfParallelism = AtATime }, async (tenant, _) =>
            await tenant.PutAsync(HttpStatusCode.Created));
        await Eventually.HoldsAsync(
            "all accounts are imported", () => _tenants.All(tenant => tenant.CallGear.Employees.Count >= Users), _patience);
        Connecting = TimeProvider.System.GetElapsedTime(started);
    }

    /// <summary>Changes the vendors' mood: another set of faults, or none; and somebody new in every hundredth portal.</summary>
    public void Trouble(bool isOn)
    {
        _troubles.ForEach(trouble => trouble.Dispose());
        _troubles.Clear();
        if (!isOn)
        {
            return;
        }

        _troubles.Add(new VendorTrouble(_sandbox, _random));
        _troubles.Add(_sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Latency, DelaySeconds = _random.NextDouble() / 2, Probability = 0.2, Seed = _random.Next() }));
        if (_random.Next(3) == 0)
        {
            _troubles.Add(_sandbox.Faults.Add(new Fault { Kind = FaultKind.Html, Probability = 0.1, Seed = _random.Next() }));
        }

        foreach (var tenant in _random.GetItems(_tenants, _tenants.Length / 100))
        {
            tenant.Portal.PutUser(People.User(tenant.Portal.Users.Count + 1));
        }
    }

    /// <summary>The longest time since an account's last run began.</summary>
    public async Task<TimeSpan> OldestRunAsync()
    {
        var accounts = await _service.Api.ListAsync("api/v1/accounts", AnswersJson.Default.PageAccount);
        var now = TimeProvider.System.GetUtcNow();
        Assert.Equal(_tenants.Length, accounts.Count);
        return accounts.Max(account => now - (account.LastRun?.StartedAt ?? account.ConnectedAt));
    }
}
