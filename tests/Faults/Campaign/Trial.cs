namespace OrleansSync.Faults.Campaign;

/// <summary>What the kills of a campaign fall into.</summary>
internal enum Trial
{
    /// <summary>First imports, at any moment between the first create and the last.</summary>
    FirstImport,

    /// <summary>Disconnecting accounts.</summary>
    Disconnect,

    /// <summary>Connecting new accounts.</summary>
    Connect,

    /// <summary>Pointing accounts at another portal and another CallGear account in one update.</summary>
    Update,

    /// <summary>Storing what came of many creates at once.</summary>
    Batch,
}
