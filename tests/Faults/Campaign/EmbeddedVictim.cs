using OrleansSync.Faults.Invariants;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Campaign;

/// <summary>The one process on SQLite, which does every account's run.</summary>
internal sealed class EmbeddedVictim(EmbeddedService service) : Victims
{
    /// <inheritdoc/>
    public override RunningService Service => service;

    /// <inheritdoc/>
    public override async Task<(Interruption Interruption, IReadOnlyList<string> Accounts)> KillAsync(
        Random random, Func<IReadOnlyList<string>> underWay)
    {
        var before = underWay();
        var at = TimeProvider.System.GetUtcNow();
        await service.Process.KillAsync();
        var accounts = underWay().Intersect(before).ToArray();
        var interruption = new Interruption(at, TimeProvider.System.GetUtcNow());
        service.StartAgain();
        return (interruption, accounts);
    }

    /// <inheritdoc/>
    public override Task ReadyAsync() => service.WaitUntilReadyAsync();
}
