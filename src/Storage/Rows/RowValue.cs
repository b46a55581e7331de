using System.Data;
using System.Data.Common;
using System.Text;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <summary>
/// A value as a statement takes it: with the type of its column, because PostgreSQL refuses a null without one; text without what a
/// database refuses; moments in UTC.
/// </summary>
internal readonly record struct RowValue(DbType Type, object Value)
{
    /// <summary>The bytes that are sent; a null has none.</summary>
    public long Bytes => Value switch
    {
        string text => Encoding.UTF8.GetByteCount(text),
        DBNull => 0,
        _ => sizeof(long),
    };

    public static implicit operator RowValue(string? text) => new(DbType.String, text is null ? DBNull.Value : StoredText.Clean(text));

    public static implicit operator RowValue(long? number) => new(DbType.Int64, (object?)number ?? DBNull.Value);

    public static implicit operator RowValue(bool flag) => new(DbType.Boolean, flag);

    public static implicit operator RowValue(byte[] bytes) => new(DbType.Binary, bytes);

    public static implicit operator RowValue(DateTimeOffset? moment) =>
        new(DbType.DateTimeOffset, (object?)moment?.ToUniversalTime() ?? DBNull.Value);
}

/// <summary>Values of commands and columns of readers.</summary>
internal static class RowValues
{
    /// <summary>Binds a value to a parameter.</summary>
    public static DbCommand With(this DbCommand command, string name, RowValue value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.DbType, parameter.Value) = (name, value.Type, value.Value);
        command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>Reads all rows of the result that the reader is at.</summary>
    public static async Task<List<T>> AllAsync<T>(this DbDataReader reader, Func<DbDataReader, T> read)
    {
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    /// <summary>Reads all rows of the next result.</summary>
    public static async Task<List<T>> NextAsync<T>(this DbDataReader reader, Func<DbDataReader, T> read) =>
        await reader.NextResultAsync() ? await reader.AllAsync(read) : [];

    /// <summary>A name that this release knows; null for another, and for none.</summary>
    public static T? NameOrNull<T>(this DbDataReader reader, int column)
        where T : struct, Enum => Enum.TryParse<T>(reader.TextOrNull(column), out var value) ? value : null;

    public static string? TextOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public static long? NumberOrNull(this DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    public static DateTimeOffset MomentAt(this DbDataReader reader, int column) => reader.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset? MomentOrNull(this DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : reader.MomentAt(column);
}
