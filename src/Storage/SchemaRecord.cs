namespace OrleansSync.Storage;

/// <summary>What a database records of its schema.</summary>
/// <param name="Applied">Checksum by number of the steps that were applied.</param>
/// <param name="OldestRelease">The oldest release that can run on it; null when no applied step has said so.</param>
internal sealed record SchemaRecord(IReadOnlyDictionary<int, string> Applied, Version? OldestRelease)
{
    /// <summary>The number of the last step that was applied; 0 for an empty database.</summary>
    public int Version => Applied.Keys.DefaultIfEmpty().Max();
}
