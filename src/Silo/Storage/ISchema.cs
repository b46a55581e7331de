namespace OrleansSync.Silo.Storage;

/// <summary>The schema of the database that this process works with.</summary>
internal interface ISchema
{
    /// <summary>Creates or upgrades the schema. Safe when several processes do so at once: one works, the others wait as long as it takes.</summary>
    /// <exception cref="StartRefusedException">The database is newer than this program, holds accounts that would be lost, or cannot be used or reached.</exception>
    Task<SchemaUpgrade> UpgradeAsync(CancellationToken cancellationToken);
}
