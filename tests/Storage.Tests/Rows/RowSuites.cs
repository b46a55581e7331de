using OrleansSync.Storage.Tests.Pooling;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>One silo over SQLite for all suites of rows.</summary>
[CollectionDefinition(nameof(SqliteSilo))]
public sealed class SqliteSilo : ICollectionFixture<SqliteFixture>;

/// <summary>One silo over PostgreSQL for all suites of rows.</summary>
[CollectionDefinition(nameof(PostgreSqlSilo))]
public sealed class PostgreSqlSilo : ICollectionFixture<PostgreSqlFixture>;

[Collection(nameof(SqliteSilo))]
public sealed class SqliteAccountRowsTests(SqliteFixture fixture) : AccountRowsConformance(fixture);

[Collection(nameof(PostgreSqlSilo))]
public sealed class PostgreSqlAccountRowsTests(PostgreSqlFixture fixture) : AccountRowsConformance(fixture);

[Collection(nameof(SqliteSilo))]
public sealed class SqliteAccountListTests(SqliteFixture fixture) : AccountListConformance(fixture);

[Collection(nameof(PostgreSqlSilo))]
public sealed class PostgreSqlAccountListTests(PostgreSqlFixture fixture) : AccountListConformance(fixture);

[Collection(nameof(SqliteSilo))]
public sealed class SqliteUserRowsTests(SqliteFixture fixture) : UserRowsConformance(fixture);

[Collection(nameof(PostgreSqlSilo))]
public sealed class PostgreSqlUserRowsTests(PostgreSqlFixture fixture) : UserRowsConformance(fixture);

[Collection(nameof(SqliteSilo))]
public sealed class SqliteRunRowsTests(SqliteFixture fixture) : RunRowsConformance(fixture);

[Collection(nameof(PostgreSqlSilo))]
public sealed class PostgreSqlRunRowsTests(PostgreSqlFixture fixture) : RunRowsConformance(fixture);

[Collection(nameof(SqliteSilo))]
public sealed class SqliteActivityTests(SqliteFixture fixture) : ActivityConformance(fixture);

[Collection(nameof(PostgreSqlSilo))]
public sealed class PostgreSqlActivityTests(PostgreSqlFixture fixture) : ActivityConformance(fixture);

[Collection(nameof(SqliteSilo))]
public sealed class SqliteChangeListTests(SqliteFixture fixture) : ChangeListConformance(fixture);

[Collection(nameof(PostgreSqlSilo))]
public sealed class PostgreSqlChangeListTests(PostgreSqlFixture fixture) : ChangeListConformance(fixture);

[Collection(nameof(SqliteSilo))]
public sealed class SqliteAuditRowsTests(SqliteFixture fixture) : AuditRowsConformance(fixture);

[Collection(nameof(PostgreSqlSilo))]
public sealed class PostgreSqlAuditRowsTests(PostgreSqlFixture fixture) : AuditRowsConformance(fixture);

[Collection(nameof(SqliteSilo))]
public sealed class SqliteKeyRowsTests(SqliteFixture fixture) : KeyRowsConformance(fixture);

[Collection(nameof(PostgreSqlSilo))]
public sealed class PostgreSqlKeyRowsTests(PostgreSqlFixture fixture) : KeyRowsConformance(fixture);

[Collection(nameof(SqliteSilo))]
public sealed class SqliteRowWriterTests(SqliteFixture fixture) : RowWriterConformance(fixture);

[Collection(nameof(PooledSilo))]
public sealed class PooledAccountRowsTests(PooledFixture fixture) : AccountRowsConformance(fixture);

[Collection(nameof(PooledSilo))]
public sealed class PooledUserRowsTests(PooledFixture fixture) : UserRowsConformance(fixture);

[Collection(nameof(PooledSilo))]
public sealed class PooledRunRowsTests(PooledFixture fixture) : RunRowsConformance(fixture);

[Collection(nameof(PooledSilo))]
public sealed class PooledActivityTests(PooledFixture fixture) : ActivityConformance(fixture);

[Collection(nameof(PooledSilo))]
public sealed class PooledAuditRowsTests(PooledFixture fixture) : AuditRowsConformance(fixture);

[Collection(nameof(PooledSilo))]
public sealed class PooledKeyRowsTests(PooledFixture fixture) : KeyRowsConformance(fixture);
