using System.Data;
using System.Data.Common;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <summary>
/// The way of all rows to the database: says what is wrong when it as a whole cannot be used, in words that get through to the API, and
/// keeps nobody waiting for one that is known to be away.
/// </summary>
/// <param name="dataSource">The process's source of connections.</param>
/// <param name="engine">The database's engine.</param>
/// <param name="condition">Whether the database can be used.</param>
/// <param name="time">The clock.</param>
internal sealed class RowAccess(DbDataSource dataSource, IRowEngine engine, DatabaseCondition condition, TimeProvider time)
{
    /// <summary>Works on a connection.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    public async Task<T> UseAsync<T>(Func<DbConnection, Task<T>> work)
    {
        ThrowIfAway();
        try
        {
            return engine.IsBlocking ? await Task.Run(() => OpenAndWorkAsync(work)) : await OpenAndWorkAsync(work);
        }
        catch (Exception exception) when (Unavailable(exception) is { } unavailable)
        {
            throw unavailable;
        }
    }

    /// <summary>Reads what one command answers.</summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used.</exception>
    public Task<T> ReadAsync<T>(string sql, Action<DbCommand> bind, Func<DbDataReader, Task<T>> read) => UseAsync(async connection =>
    {
        await using var command = Command(connection, null, sql, bind);
        await using var reader = await command.ExecuteReaderAsync();
        return await read(reader);
    });

    public Task<List<T>> ListAsync<T>(string sql, Action<DbCommand> bind, Func<DbDataReader, T> read) =>
        ReadAsync(sql, bind, reader => reader.AllAsync(read));

    /// <summary>
    /// Carries out commands in one transaction, again when another that worked on the same rows was in its way; answers how many rows they
    /// concerned.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The database cannot be used, or others were in the way each time.</exception>
    public async Task<int> ExecuteAsync(IReadOnlyList<string> commands, Action<DbCommand> bind)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await UseAsync(connection => TransactAsync(connection, commands, bind));
            }
            catch (Exception exception) when (engine.Judge(exception) == RowFault.Passing)
            {
                // The database has undone it whole.
                if (tries == Repetition.MostTries)
                {
                    throw new StorageUnavailableException(DatabaseFaults.NoAnswer);
                }
            }

            await Repetition.PauseAsync(time);
        }
    }

    /// <summary>Refuses at once while the database is known to be away.</summary>
    public void ThrowIfAway()
    {
        if (condition.Outage is { } outage)
        {
            throw new StorageUnavailableException(outage.Problem);
        }
    }

    /// <summary>
    /// What callers are told of an exception when it means that the database as a whole cannot be used; null when it is one of a single
    /// operation.
    /// </summary>
    /// <remarks>The engine's own exception stays here: it names hosts and files, and other processes may not know its type.</remarks>
    public StorageUnavailableException? Unavailable(Exception exception)
    {
        if (DatabaseFaults.Describe(exception) is not { } problem)
        {
            return null;
        }

        condition.Doubt();
        return new StorageUnavailableException(problem);
    }

    private async Task<int> TransactAsync(DbConnection connection, IReadOnlyList<string> commands, Action<DbCommand> bind)
    {
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        if (engine.ShortWaits is { } shortWaits)
        {
            await using var command = Command(connection, transaction, shortWaits, _ => { });
            await command.ExecuteNonQueryAsync();
        }

        var rows = 0;
        foreach (var sql in commands)
        {
            await using var command = Command(connection, transaction, sql, bind);
            rows += Math.Max(await command.ExecuteNonQueryAsync(), 0);
        }

        await transaction.CommitAsync();
        return rows;
    }

    private static DbCommand Command(DbConnection connection, DbTransaction? transaction, string sql, Action<DbCommand> bind)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text comes from constants of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        bind(command);
        return command;
    }

    private async Task<T> OpenAndWorkAsync<T>(Func<DbConnection, Task<T>> work)
    {
        await using var connection = await dataSource.OpenConnectionAsync();
        return await work(connection);
    }
}
