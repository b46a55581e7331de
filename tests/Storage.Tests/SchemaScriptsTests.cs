using System.Security.Cryptography;
using System.Text;

namespace OrleansSync.Storage.Tests;

public sealed class SchemaScriptsTests
{
    private static readonly string[] _persistence = ["ClearStorageKey", "DeleteStorageKey", "ReadFromStorageKey", "WriteToStorageKey"];

    private static readonly string[] _reminders =
    [
        "DeleteReminderRowKey", "DeleteReminderRowsKey", "ReadRangeRows1Key", "ReadRangeRows2Key", "ReadReminderRowKey",
        "ReadReminderRowsKey", "UpsertReminderRowKey",
    ];

    private static readonly string[] _membership =
    [
        "CleanupDefunctSiloEntriesKey", "CleanupDefunctSiloEntryKey", "DeleteMembershipTableEntriesKey", "GatewaysQueryKey",
        "InsertMembershipKey",
        "InsertMembershipVersionKey", "MembershipReadAllKey", "MembershipReadRowKey", "UpdateIAmAlivetimeKey", "UpdateMembershipKey",
    ];

    [Fact]
    public void Scripts_OfSqlite_HaveEveryQueryOfPersistenceAndReminders() =>
        Assert.Equal(
            [.. _persistence.Concat(_reminders).Order(StringComparer.Ordinal)],
            SchemaScripts.Load("Sqlite").Queries.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Scripts_OfPostgreSql_HaveEveryQueryOfPersistenceRemindersAndMembership() =>
        Assert.Equal(
            [.. _persistence.Concat(_reminders).Concat(_membership).Order(StringComparer.Ordinal)],
            SchemaScripts.Load("PostgreSql").Queries.Keys.Order(StringComparer.Ordinal));

    /// <summary>
    /// The queries in a database are rewritten only together with a step of the schema, because two releases that run side by side must
    /// agree on them. Whoever changes a query or adds a step puts the new version and hash here; a released step or query never changes
    /// alone.
    /// </summary>
    [Theory]
    [InlineData("PostgreSql", 8, "7b7204c5f840b31b")]
    [InlineData("Sqlite", 8, "066d73d095e86e3c")]
    public void Scripts_WhenChanged_HaveANewVersion(string engine, int version, string hash)
    {
        var scripts = SchemaScripts.Load(engine);
        var text = string.Join('\n', scripts.Migrations.Select(step => step.Checksum).Concat(
            scripts.Queries.OrderBy(query => query.Key, StringComparer.Ordinal).Select(query => query.Key + query.Value)));

        Assert.Equal((version, hash), (scripts.Version, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]));
    }

    /// <summary>A process that is too old for a step would otherwise only be told by errors of the database.</summary>
    [Theory]
    [InlineData("PostgreSql")]
    [InlineData("Sqlite")]
    public void Steps_OfReleasesWithRows_NameTheOldestReleaseThatRunsOnThem(string engine)
    {
        var scripts = SchemaScripts.Load(engine);

        Assert.All(
            scripts.Migrations.Where(step => step.Number >= FormerAccounts.FirstVersionWithRows),
            step => Assert.InRange(step.OldestRelease!, new Version(0, 2, 0), scripts.Release));
    }

    [Fact]
    public void Release_OfThisProgram_HasThreeNumbers() =>
        Assert.Equal(ProgramRelease.Current, Version.Parse(ProgramRelease.Current.ToString(3)));

    [Theory]
    [InlineData("-- oldest: 0.2.0\nSELECT 1", "0.2.0")]
    [InlineData("SELECT 1\n-- oldest: 0.2.0", null)]
    [InlineData("", null)]
    public void OldestRelease_OfAStep_IsThatOfItsFirstLine(string sql, string? release) =>
        Assert.Equal(release, new Migration(3, "rows", sql).OldestRelease?.ToString());
}
