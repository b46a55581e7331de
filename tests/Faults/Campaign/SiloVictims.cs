using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using OrleansSync.Faults.Invariants;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Campaign;

/// <summary>The silos of a cluster. Each kill hits one that does an account's run, which the silos' logs tell.</summary>
internal sealed partial class SiloVictims : Victims
{
    private readonly ClusterService _service;
    private readonly ConcurrentDictionary<string, ServiceProcess> _siloOf = new();
    private ServiceProcess? _started;

    public SiloVictims(ClusterService service)
    {
        _service = service;
        foreach (var silo in service.Silos)
        {
            Follow(silo);
        }
    }

    /// <inheritdoc/>
    public override RunningService Service => _service;

    /// <inheritdoc/>
    public override async Task<(Interruption Interruption, IReadOnlyList<string> Accounts)> KillAsync(
        Random random, Func<IReadOnlyList<string>> underWay)
    {
        var silos = underWay().Select(account => _siloOf.GetValueOrDefault(account)).OfType<ServiceProcess>()
            .Where(silo => !silo.HasEnded).Distinct()
            .OrderBy(silo => silo.Name, StringComparer.Ordinal).ToArray();
        if (silos.Length == 0)
        {
            return (default, []);
        }

        var victim = silos[random.Next(silos.Length)];
        var at = TimeProvider.System.GetUtcNow();
        var before = Hosted(victim, underWay());
        await victim.KillAsync();
        var accounts = Hosted(victim, underWay()).Intersect(before).ToArray();
        _started = _service.StartSiloAgain(_service.Silos.IndexOf(victim));
        Follow(_started);
        return (new Interruption(at, at), accounts);
    }

    /// <inheritdoc/>
    public override Task ReadyAsync() => _started is null ? Task.CompletedTask : ClusterService.WaitForSiloAsync(_started);

    private IEnumerable<string> Hosted(ServiceProcess silo, IReadOnlyList<string> accounts) =>
        accounts.Where(account => _siloOf.GetValueOrDefault(account) == silo);

    private void Follow(ServiceProcess silo) => silo.Output.Wrote += line =>
    {
        if (RunStarted().Match(line) is { Success: true } match)
        {
            _siloOf[match.Groups["account"].Value] = silo;
        }
    };

    [GeneratedRegex(@"Run \w+ of account (?<account>\S+) started \(")]
    private static partial Regex RunStarted();
}
