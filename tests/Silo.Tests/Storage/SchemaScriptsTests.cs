using System.Security.Cryptography;
using System.Text;
using OrleansSync.Silo.Storage;

namespace OrleansSync.Silo.Tests.Storage;

public sealed class SchemaScriptsTests
{
    private static readonly string[] _persistence = ["ClearStorageKey", "DeleteStorageKey", "ReadFromStorageKey", "WriteToStorageKey"];

    private static readonly string[] _reminders =
    [
        "DeleteReminderRowKey", "DeleteReminderRowsKey", "ReadRangeRows1Key", "ReadRangeRows2Key", "ReadReminderRowKey", "ReadReminderRowsKey", "UpsertReminderRowKey",
    ];

    private static readonly string[] _membership =
    [
        "CleanupDefunctSiloEntriesKey", "CleanupDefunctSiloEntryKey", "DeleteMembershipTableEntriesKey", "GatewaysQueryKey", "InsertMembershipKey",
        "InsertMembershipVersionKey", "MembershipReadAllKey", "MembershipReadRowKey", "UpdateIAmAlivetimeKey", "UpdateMembershipKey",
    ];

    [Fact]
    public void Scripts_OfSqlite_HaveEveryQueryOfPersistenceAndReminders() =>
        Assert.Equal([.. _persistence.Concat(_reminders).Order(StringComparer.Ordinal)], SchemaScripts.Load("Sqlite").Queries.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Scripts_OfPostgreSql_HaveEveryQueryOfPersistenceRemindersAndMembership() =>
        Assert.Equal(
            [.. _persistence.Concat(_reminders).Concat(_membership).Order(StringComparer.Ordinal)],
            SchemaScripts.Load("PostgreSql").Queries.Keys.Order(StringComparer.Ordinal));

    /// <summary>
    /// The queries in a database are rewritten only together with a step of the schema, because two releases that run side by side must agree on
    /// them. Whoever changes a query or adds a step puts the new version and hash here; a released step or query never changes alone.
    /// </summary>
    [Theory]
    [InlineData("PostgreSql", 2, "a99053c12c76d26e")]
    [InlineData("Sqlite", 2, "b050940c2763aa0b")]
    public void Scripts_WhenChanged_HaveANewVersion(string engine, int version, string hash)
    {
        var scripts = SchemaScripts.Load(engine);
        var text = string.Join('\n', scripts.Migrations.Select(step => step.Checksum).Concat(scripts.Queries.OrderBy(query => query.Key, StringComparer.Ordinal).Select(query => query.Key + query.Value)));

        Assert.Equal((version, hash), (scripts.Version, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]));
    }
}
