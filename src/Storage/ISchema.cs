namespace OrleansSync.Storage;

/// <summary>The schema of the database that this process works with.</summary>
internal interface ISchema
{
    /// <summary>Creates or upgrades the schema. Of several processes that do so at once one works, and the others wait for it.</summary>
    /// <exception cref="StartRefusedException">
    /// The database is newer than this program, holds accounts that would be lost, or cannot be used.
    /// </exception>
    Task<SchemaUpgrade> UpgradeAsync(CancellationToken cancellationToken);
}
