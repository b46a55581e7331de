using Microsoft.Data.Sqlite;
using Npgsql;

namespace OrleansSync.Storage;

/// <summary>Which errors of the two engines mean that the database as a whole cannot be used, and what a person is told of them.</summary>
internal static class DatabaseFaults
{
    // Primary result codes, from the list of SQLite's documentation.
    private const int SqlitePermission = 3;
    private const int SqliteReadOnly = 8;
    private const int SqliteInputOutput = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNoDatabase = 26;

    private const string ReadOnlySqlTransaction = "25006";

    // Classes of SQLSTATE, from the appendix of PostgreSQL's documentation.
    private const string Connection = "08";
    private const string Credentials = "28";
    private const string CatalogName = "3D";
    private const string Resources = "53";
    private const string OperatorIntervention = "57P";
    private const string InputOutput = "58";
    private const string DiskFull = "53100";

    /// <summary>
    /// What is wrong with the database, and what to do; null when the error is one of a single operation. Names no host and holds no
    /// secret.
    /// </summary>
    public static string? Describe(Exception exception) => exception switch
    {
        SqliteException sqlite => Describe(sqlite.SqliteErrorCode),
        PostgresException postgres => Describe(postgres.SqlState),

        NpgsqlException pool when pool.Message.StartsWith(PoolExhausted, StringComparison.Ordinal) => NoFreeConnection,

        // Anything else of Npgsql is a connection that could not be opened or broke, or an answer that did not come.
        NpgsqlException => NoAnswer,
        _ => null,
    };

    /// <summary>Whether a SQLite file is damaged or none at all: unlike a full disk, that does not pass.</summary>
    public static bool IsDamage(SqliteException exception) => exception.SqliteErrorCode is SqliteCorrupt or SqliteNoDatabase;

    /// <summary>What is told when the database just does not answer.</summary>
    public const string NoAnswer =
        "The service's database does not answer. Imports wait and go on by themselves when it is back; the operator should see that "
        + "PostgreSQL runs and can be reached.";

    /// <summary>
    /// What is told when all connections that this process may open were busy for too long: the database itself may be well.
    /// </summary>
    public const string NoFreeConnection =
        "All connections of this process to the service's database were busy for too long. What failed is tried again by itself; "
        + "if it lasts, the operator should raise OrleansSync__Database__MaxConnections or look why the database is slow.";

    // Npgsql has no type and no code of its own for it.
    private const string PoolExhausted = "The connection pool has been exhausted";

    private static string? Describe(int sqlite) => sqlite switch
    {
        SqliteFull =>
            "The disk with the service's data directory is full. Imports wait and go on by themselves when there is room; free some space.",
        SqliteReadOnly or SqlitePermission =>
            "The service's SQLite file may only be read. Imports wait and go on by themselves when it can be written; "
            + "check the rights of the data directory, and whether its file system is mounted read-only.",
        SqliteInputOutput or SqliteCannotOpen =>
            "The disk with the service's data directory cannot be read or written. Imports wait and go on by themselves when it can; "
            + "check the disk.",
        SqliteCorrupt or SqliteNoDatabase =>
            "The service's SQLite file is damaged. Stop the service and restore the data directory from a backup.",
        _ => null,
    };

    private static string? Describe(string sqlState) => sqlState switch
    {
        DiskFull => "The disk of the service's database is full. Imports wait and go on by themselves when there is room; free some space.",
        ReadOnlySqlTransaction =>
            "The service's database may only be read: it is a standby. Imports wait and go on by themselves when it can be written; "
            + "point the connection string at the primary.",
        _ when sqlState.StartsWith(Resources, StringComparison.Ordinal) =>
            "The service's database has no connections or memory left. Imports wait and go on by themselves; raise its limits, or have "
            + "processes open fewer connections.",
        _ when sqlState.StartsWith(Credentials, StringComparison.Ordinal) || sqlState.StartsWith(CatalogName, StringComparison.Ordinal) =>
            "The service's database refuses the service's user. Imports wait and go on by themselves when it is let in; "
            + "check its password and rights.",
        _ when sqlState.StartsWith(Connection, StringComparison.Ordinal)
            || sqlState.StartsWith(OperatorIntervention, StringComparison.Ordinal)
            || sqlState.StartsWith(InputOutput, StringComparison.Ordinal) => NoAnswer,
        _ => null,
    };
}
