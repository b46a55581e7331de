using System.Data;
using System.Xml.Linq;
using Npgsql;

namespace OrleansSync.Hosting.Secrets;

/// <summary>Keeps the key ring in PostgreSQL, where all processes of the cluster find it.</summary>
internal sealed class PostgreSqlXmlRepository(NpgsqlDataSource dataSource) : IKeyRingStore
{
    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = dataSource.CreateCommand("SELECT xml FROM key_ring ORDER BY id");
        using var reader = command.ExecuteReader();
        return [.. reader.Cast<IDataRecord>().Select(row => XElement.Parse(row.GetString(0)))];
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName) =>
        Write("INSERT INTO key_ring (friendly_name, xml) VALUES (@name, @xml)", element, friendlyName);

    /// <inheritdoc />
    public void Replace(string friendlyName, XElement element)
    {
        if (Write("UPDATE key_ring SET xml = @xml WHERE friendly_name = @name", element, friendlyName) != 1)
        {
            throw new InvalidOperationException(
                $"The key {friendlyName} of the key ring is not in the database under the name that Data Protection gives it.");
        }
    }

    private int Write(string sql, XElement element, string friendlyName)
    {
        using var command = dataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string>("name", friendlyName));
        command.Parameters.Add(new NpgsqlParameter<string>("xml", element.ToString(SaveOptions.DisableFormatting)));
        return command.ExecuteNonQuery();
    }
}
