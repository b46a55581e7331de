namespace OrleansSync.Grains.Portals;

/// <summary>
/// The moment from which a run may change something. That it is under way is stored before, so that it is taken up when its process ends.
/// </summary>
/// <param name="begin">Stores it, and answers the run's place among those of the account.</param>
internal sealed class RunStart(Func<Task<long>> begin)
{
    private Task<long>? _begun;

    /// <summary>Begins, unless the run has begun.</summary>
    /// <returns>The run's place among those of the account.</returns>
    public Task<long> NowAsync() => _begun ??= begin();
}
