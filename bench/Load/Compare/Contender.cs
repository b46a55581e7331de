namespace OrleansSync.Load.Compare;

/// <summary>Who takes part in a comparison.</summary>
/// <param name="Name">What it is called in the figures.</param>
/// <param name="StartAsync">Starts it on an empty database.</param>
internal sealed record Contender(string Name, Func<string, CancellationToken, Task<IContender>> StartAsync)
{
    /// <summary>All of them; the last is what the first is compared with first.</summary>
    public static IReadOnlyList<Contender> All { get; } =
    [
        new("OrleansSync", ServiceContender.StartAsync),
        new("Hangfire", (database, cancellationToken) => RivalContender.StartAsync("hangfire", database, cancellationToken)),
        new("loop", (database, cancellationToken) => RivalContender.StartAsync("loop", database, cancellationToken)),
    ];
}
