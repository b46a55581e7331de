namespace OrleansSync.Storage;

/// <summary>What bringing a schema up to date did.</summary>
/// <param name="Version">The version it has now.</param>
/// <param name="Applied">How many steps were applied; 0 when it was up to date.</param>
public sealed record SchemaUpgrade(int Version, int Applied);
