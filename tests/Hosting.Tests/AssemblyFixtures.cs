using OrleansSync.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]
