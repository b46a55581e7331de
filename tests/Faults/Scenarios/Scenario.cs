using OrleansSync.Faults.Accounts;
using OrleansSync.Faults.Invariants;
using OrleansSync.Sandbox;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Scenarios;

/// <summary>Accounts that are imported for the first time while something is made to go wrong.</summary>
internal sealed class Scenario
{
    private readonly ImportedAccount[] _accounts;

    /// <summary>Makes the accounts.</summary>
    /// <param name="service">The product.</param>
    /// <param name="sandbox">The vendors.</param>
    /// <param name="seed">What the accounts are derived from.</param>
    /// <param name="accounts">How many.</param>
    /// <param name="minuteLimit">Points a minute that CallGear grants each; null for no limit.</param>
    public Scenario(RunningService service, SandboxServer sandbox, int seed, int accounts, int? minuteLimit = null)
    {
        var random = new Random(seed);
        _accounts = [.. Enumerable.Range(0, accounts).Select(_ =>
            new ImportedAccount(
                service, sandbox, AccountPlanner.Create(random.Next(), random.Next(20, 41)) with { MinuteLimit = minuteLimit }))];
    }

    /// <summary>The accounts.</summary>
    public IReadOnlyList<ImportedAccount> Accounts => _accounts;

    /// <summary>Connects all.</summary>
    public Task ConnectAsync() => Task.WhenAll(_accounts.Select(account => account.ConnectAsync()));

    /// <summary>Asks for an import of all.</summary>
    public Task SynchronizeAsync() => Task.WhenAll(_accounts.Select(account => account.SynchronizeAsync()));

    /// <summary>Waits until a share of all employees to create is created.</summary>
    public Task ReachAsync(double share) => Eventually.HoldsAsync(
        $"{share:P0} of the employees are created",
        () => _accounts.Sum(account => account.Created) >= share * _accounts.Sum(account => account.Plan.Creates),
        TimeSpan.FromMinutes(4));

    /// <summary>Waits until all runs have ended, and asserts the invariants.</summary>
    public async Task AssertSoundAsync()
    {
        await Task.WhenAll(_accounts.Select(account => account.SettleAsync()));
        var evidence = await Task.WhenAll(_accounts.Select(account => account.GatherAsync()));
        Assert.Empty(evidence.Zip(_accounts).SelectMany(
            pair => ImportInvariants.Check(pair.First).Select(violation => $"{pair.Second.Tenant.Id}: {violation}")));
    }

    /// <summary>
    /// Lets one more import end, and asserts the invariants: what one run reported as failed the next one has to make good.
    /// </summary>
    public async Task AssertSoundAfterOneMoreRunAsync()
    {
        await Task.WhenAll(_accounts.Select(account => account.SettleAsync()));
        await SynchronizeAsync();
        await AssertSoundAsync();
    }
}
