namespace OrleansSync.Silo.Storage;

/// <summary>The schema of the database that this process works with.</summary>
internal interface ISchema
{
    /// <summary>Creates or upgrades the schema. Safe when several processes do so at once: one works, the others wait.</summary>
    /// <exception cref="StartRefusedException">The database is newer than this program, or cannot be used or reached.</exception>
    Task<SchemaUpgrade> UpgradeAsync(CancellationToken cancellationToken);
}
