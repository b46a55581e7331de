using OrleansSync.Faults.Campaign;
using OrleansSync.Sandbox;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Changes;

/// <summary>One embedded process and its vendors for several short rounds: a start costs more than what they do.</summary>
public sealed class ChangeVictims : IAsyncLifetime
{
    // Even: the accounts that are updated are imported before.
    private const int Seed = 2;

    private Victims? _victims;
    private SandboxServer? _sandbox;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxServer.StartAsync(new SandboxOptions());
        _victims = await Victims.StartAsync(ServiceKind.Embedded, () => throw new NotSupportedException("SQLite needs no server."));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_victims is not null)
        {
            await _victims.DisposeAsync();
        }

        if (_sandbox is not null)
        {
            await _sandbox.DisposeAsync();
        }
    }

    /// <summary>Does a round, and asserts that nothing is wrong.</summary>
    internal async Task AssertSoundAsync(Trial trial)
    {
        var options = new CampaignOptions(ServiceKind.Embedded, Seed, Points: 1) { Trial = trial, AccountsARound = 3, IsBrief = true };
        var result = await KillCampaign.RoundOf(_victims!, _sandbox!, options, Seed).RunAsync(points: 1);
        _sandbox!.Reset();
        Assert.Empty(result.Violations);
    }
}
