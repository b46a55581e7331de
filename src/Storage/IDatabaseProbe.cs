namespace OrleansSync.Storage;

/// <summary>Tries whether a database can be used, past the connections that others use.</summary>
internal interface IDatabaseProbe
{
    /// <summary>Reads from the database, or writes to it something that is not kept.</summary>
    /// <param name="write">Whether to write too: a disk that is full or may only be read is noticed by nothing else.</param>
    /// <param name="cancellationToken">Gives the trial up.</param>
    /// <exception cref="System.Data.Common.DbException">The database cannot be used.</exception>
    Task ProbeAsync(bool write, CancellationToken cancellationToken);
}
