using System.Data.Common;

namespace OrleansSync.Storage.Tests;

/// <summary>What becomes of a database of release 0.1.</summary>
public abstract partial class SchemaConformance
{
    private SchemaScripts OfRelease01 => Scripts with
    {
        Migrations = [.. Scripts.Migrations.Where(step => step.Number < FormerAccounts.FirstVersionWithRows)],
    };

    private SchemaScripts WithRows => OfRelease01 with
    {
        Migrations =
        [
            .. OfRelease01.Migrations,
            new(FormerAccounts.FirstVersionWithRows, "rows", "CREATE TABLE rows_of_accounts (id INTEGER)"),
        ],
    };

    [Theory]
    [InlineData(1, "portal", "{}")]
    [InlineData(2, "portal", "{}")]
    [InlineData(2, "directory", """{"entries":{"acme":{"accountId":"acme"}}}""")]
    public async Task Upgrade_WhenADatabaseOfRelease01HoldsAccounts_RefusesAndChangesNothing(int version, string state, string payload)
    {
        await UpgradeAsync(OfRelease01 with { Migrations = [.. OfRelease01.Migrations.Take(version)] });
        await ReadAsync("DROP TABLE schema_release");
        await StoreAsync(state, payload);
        var before = await ContentAsync();

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => UpgradeAsync(WithRows));

        Assert.StartsWith(DatabaseName(_dataSource), refusal.Message, StringComparison.Ordinal);
        Assert.Contains("is one of OrleansSync 0.1 and holds accounts", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("connect the accounts again", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await ContentAsync());
        await Assert.ThrowsAnyAsync<DbException>(() => ColumnAsync("SELECT oldest FROM schema_release"));
    }

    [Theory]
    [InlineData("directory", """{"entries":{}}""")]
    [InlineData("auditHead", "{}")]
    [InlineData(null, null)]
    public async Task Upgrade_WhenADatabaseOfRelease01HoldsNoAccounts_UpgradesIt(string? state, string? payload)
    {
        await UpgradeAsync(OfRelease01);
        if (state is not null)
        {
            await StoreAsync(state, payload!);
        }

        Assert.Equal(new(FormerAccounts.FirstVersionWithRows, 1), await UpgradeAsync(WithRows));
    }

    [Fact]
    public async Task Upgrade_WhenTheDatabaseIsEmpty_HasNoFormerAccounts() =>
        Assert.Equal(new(FormerAccounts.FirstVersionWithRows, FormerAccounts.FirstVersionWithRows), await UpgradeAsync(WithRows));

    [Fact]
    public async Task Upgrade_FromRows_DoesNotLookForFormerAccounts()
    {
        await UpgradeAsync(WithRows);
        await StoreAsync("portal", "{}");

        var further = new Migration(FormerAccounts.FirstVersionWithRows + 1, "further", "CREATE TABLE further (id INTEGER)");
        Assert.Equal(new(further.Number, 1), await UpgradeAsync(WithRows with { Migrations = [.. WithRows.Migrations, further] }));
    }

    /// <summary>What the engine's database is called in a sentence.</summary>
    private protected abstract string DatabaseName(DbDataSource dataSource);

    private Task<List<object>> StoreAsync(string state, string payload) => ReadAsync(
        "INSERT INTO grain_state VALUES ('service', @State, 'account/acme', 0, 0, 17, 3, @Payload, @ModifiedAt)",
        ("State", state), ("Payload", payload), ("ModifiedAt", ModifiedAt));

    private async Task<List<string>> ContentAsync() =>
    [
        .. await ColumnAsync("SELECT checksum FROM schema_migration ORDER BY number"),
        .. await ColumnAsync("SELECT state_name || payload FROM grain_state"),
        .. await ColumnAsync("SELECT QueryKey || QueryText FROM OrleansQuery ORDER BY QueryKey"),
    ];
}
