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
        var elements = new List<XElement>();
        while (reader.Read())
        {
            elements.Add(XElement.Parse(reader.GetString(0)));
        }

        return elements;
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        using var command = dataSource.CreateCommand("INSERT INTO key_ring (friendly_name, xml) VALUES (@name, @xml)");
        command.Parameters.Add(new NpgsqlParameter<string>("name", friendlyName));
        command.Parameters.Add(new NpgsqlParameter<string>("xml", element.ToString(SaveOptions.DisableFormatting)));
        command.ExecuteNonQuery();
    }

    /// <inheritdoc />
    public void Replace(string friendlyName, XElement element)
    {
        using var command = dataSource.CreateCommand("UPDATE key_ring SET xml = @xml WHERE friendly_name = @name");
        command.Parameters.Add(new NpgsqlParameter<string>("name", friendlyName));
        command.Parameters.Add(new NpgsqlParameter<string>("xml", element.ToString(SaveOptions.DisableFormatting)));
        if (command.ExecuteNonQuery() != 1)
        {
            throw new InvalidOperationException(
                $"The key {friendlyName} of the key ring is not in the database under the name that Data Protection gives it.");
        }
    }
}
