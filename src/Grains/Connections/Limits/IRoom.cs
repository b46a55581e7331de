namespace OrleansSync.Grains.Connections;

/// <summary>Something of which only so much can be taken at a time; an <see cref="AdmissionLine"/> forms before it.</summary>
internal interface IRoom
{
    /// <summary>
    /// How long a limit makes one wait who has others before it; zero when no limit does, even if room must still be given back.
    /// </summary>
    /// <param name="ahead">How many are served before.</param>
    TimeSpan UntilRoom(int ahead);

    /// <summary>Takes room if there is some.</summary>
    bool TryTake();
}
