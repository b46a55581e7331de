using OrleansSync.Storage.Tests.Pooling;

namespace OrleansSync.Storage.Tests;

public sealed class SqliteGrainStorageTests(SqliteFixture fixture) : GrainStorageConformance(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgreSqlGrainStorageTests(PostgreSqlFixture fixture)
    : GrainStorageConformance(fixture), IClassFixture<PostgreSqlFixture>;

public sealed class SqliteReminderTests(SqliteFixture fixture) : ReminderTableConformance(fixture), IClassFixture<SqliteFixture>;

public sealed class PostgreSqlReminderTests(PostgreSqlFixture fixture)
    : ReminderTableConformance(fixture), IClassFixture<PostgreSqlFixture>;

[Collection(nameof(PooledSilo))]
public sealed class PooledGrainStorageTests(PooledFixture fixture) : GrainStorageConformance(fixture);

[Collection(nameof(PooledSilo))]
public sealed class PooledReminderTests(PooledFixture fixture) : ReminderTableConformance(fixture);
