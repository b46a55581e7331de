namespace OrleansSync.Grains.Admission;

/// <summary>
/// Grants permits, only so many at a time; a <see cref="PriorityLimiter"/> decides who gets the next. Asked by one thread at a time.
/// </summary>
internal interface ILimit
{
    /// <summary>
    /// How long time alone keeps a permit from somebody; zero when it does not, even if a permit must still be given back.
    /// </summary>
    TimeSpan UntilPermit(int ahead);

    /// <summary>Takes a permit if there is one.</summary>
    /// <param name="urgent">Whether it is for an urgent request.</param>
    bool TryTake(bool urgent);
}
