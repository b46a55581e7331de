using System.Data;
using System.Data.Common;

namespace OrleansSync.Storage.Rows;

/// <summary>Parameters with the type that their column has: a null without one is refused by PostgreSQL.</summary>
internal static class RowParameters
{
    public static DbCommand Text(this DbCommand command, string name, string? value) => command.Add(name, value, DbType.String);

    public static DbCommand Number(this DbCommand command, string name, long? value) => command.Add(name, value, DbType.Int64);

    public static DbCommand Count(this DbCommand command, string name, int value) => command.Add(name, value, DbType.Int32);

    public static DbCommand Flag(this DbCommand command, string name, bool value) => command.Add(name, value, DbType.Boolean);

    public static DbCommand Bytes(this DbCommand command, string name, byte[] value) => command.Add(name, value, DbType.Binary);

    public static DbCommand Moment(this DbCommand command, string name, DateTimeOffset? value) =>
        command.Add(name, value?.ToUniversalTime(), DbType.DateTimeOffset);

    public static string? TextOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? NumberOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static DateTimeOffset MomentAt(this DbDataReader reader, int column) => reader.GetFieldValue<DateTimeOffset>(column);

    private static DbCommand Add(this DbCommand command, string name, object? value, DbType type)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, type, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
        return command;
    }
}
