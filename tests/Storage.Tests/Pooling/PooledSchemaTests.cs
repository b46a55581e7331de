using OrleansSync.Testing;

namespace OrleansSync.Storage.Tests.Pooling;

/// <summary>Creating and upgrading a schema through a pooler of transactions.</summary>
[Collection(nameof(PooledSilo))]
public sealed class PooledSchemaTests(PostgresServer server, PooledFixture fixture) : PostgreSqlSchemaTests(server)
{
    private protected override string ConnectionString(string database) => fixture.Through(database);
}
