using System.Globalization;

namespace OrleansSync.Load.Compare;

/// <summary>Who can take part in a comparison.</summary>
internal enum Participant
{
    /// <summary>The service.</summary>
    Service,

    /// <summary>Jobs of Hangfire.</summary>
    Hangfire,

    /// <summary>A bare loop.</summary>
    Loop,
}

/// <summary>Who takes part in a comparison.</summary>
/// <param name="Name">What it is called in the figures.</param>
/// <param name="StartAsync">Starts it on an empty database.</param>
internal sealed record Contender(string Name, Func<string, CancellationToken, Task<IContender>> StartAsync)
{
    /// <summary>Those that were asked for, in their order: the others are what the first is compared with.</summary>
    /// <param name="participants">Whom was asked for; none for all.</param>
    /// <param name="silos">How many silos the service has.</param>
    public static IReadOnlyList<Contender> Of(IReadOnlyCollection<Participant> participants, int silos) =>
    [
        .. Enum.GetValues<Participant>()
            .Where(participant => participants.Count == 0 || participants.Contains(participant))
            .Select(participant => Of(participant, silos)),
    ];

    private static Contender Of(Participant participant, int silos) => participant switch
    {
        Participant.Service => new(
            silos == 1 ? "OrleansSync" : string.Create(CultureInfo.InvariantCulture, $"OrleansSync ({silos} silos)"),
            (database, cancellationToken) => ServiceContender.StartAsync(silos, database, cancellationToken)),
        Participant.Hangfire => Rival("Hangfire", "hangfire"),
        _ => Rival("loop", "loop"),
    };

    private static Contender Rival(string name, string mode) =>
        new(name, (database, cancellationToken) => RivalContender.StartAsync(mode, database, cancellationToken));
}
