namespace OrleansSync.Storage.Tests;

/// <summary>Which releases may run on a schema, and who waits for whom.</summary>
public abstract partial class SchemaConformance
{
    private static readonly Version _this = new(4, 0, 0);

    private SchemaScripts Older => Scripts with { Release = _this };

    [Fact]
    public async Task Upgrade_WhenStepsNameOldestReleases_RecordsTheHighest()
    {
        await UpgradeAsync(Newer("3.1.0"));
        await UpgradeAsync(Newer("3.1.0", "3.0.9", null));

        Assert.Equal(["3.1.0"], await ColumnAsync("SELECT oldest FROM schema_release"));

        await UpgradeAsync(Newer("3.1.0", "3.0.9", null, "3.10.0"));

        Assert.Equal(["3.10.0"], await ColumnAsync("SELECT oldest FROM schema_release"));
    }

    [Fact]
    public async Task Upgrade_WhenTheProgramIsOlderThanTheSchemaAllows_RefusesAndNamesTheRelease()
    {
        await UpgradeAsync(Newer("4.0.1"));

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => UpgradeAsync(Older));

        Assert.StartsWith(
            "The database needs OrleansSync 4.0.1 or newer, and this is OrleansSync 4.0.0: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_WhenTheProgramKnowsAllStepsButIsOlderThanTheSchemaAllows_Refuses()
    {
        await UpgradeAsync(Newer("4.0.1"));

        await Assert.ThrowsAsync<StartRefusedException>(() => UpgradeAsync(Newer("4.0.1") with { Release = _this }));
    }

    [Fact]
    public async Task Upgrade_WhenNewerStepsAllowTheProgram_LeavesThemAsTheyAre()
    {
        var newer = Newer("4.0.0", null) with { Queries = new Dictionary<string, string> { ["NewerKey"] = "SELECT 1" } };
        await UpgradeAsync(newer);

        Assert.Equal(new(newer.Version, 0), await UpgradeAsync(Older));

        Assert.Equal(["NewerKey"], await ColumnAsync("SELECT QueryKey FROM OrleansQuery"));
        Assert.Equal(new(newer.Version, 0), await UpgradeAsync(newer));
    }

    [Fact]
    public async Task Upgrade_WhenNewerStepsAllowTheProgramButOneOfItsOwnIsMissing_Refuses()
    {
        await UpgradeAsync(Newer("3.0.0", "3.0.0"));
        await ReadAsync("DELETE FROM schema_migration WHERE number = 1");

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => UpgradeAsync(Older));

        Assert.StartsWith($"The database has schema version {Scripts.Version + 2}, but", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_WhenTheRecordedReleaseIsNone_Refuses()
    {
        await UpgradeAsync(Newer("3.0.0"));
        await ReadAsync("UPDATE schema_release SET oldest = 'the first'");

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => UpgradeAsync(Older));

        Assert.Contains("records 'the first' as the oldest release", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upgrade_WhenTwoReleasesStartAtOnce_BothRun()
    {
        var newer = Newer("4.0.0");
        var starts = Enumerable.Range(0, 8).Select(number => Task.Run(() => UpgradeAsync(number % 2 == 0 ? Older : newer)));

        var upgrades = await Task.WhenAll(starts);

        Assert.Equal(newer.Migrations.Count, upgrades.Sum(upgrade => upgrade.Applied));
        Assert.Equal(new(newer.Version, 0), await UpgradeAsync(Older));
    }

    [Fact]
    public async Task Upgrade_WhileAnotherProcessUpgrades_WaitsTellsItOnceAndStartsAfterwards()
    {
        var log = new WaitLog();
        Task<SchemaUpgrade> start;
        await using (await HoldLockAsync(_dataSource))
        {
            start = Task.Run(() => CreateSchema(_dataSource, Scripts, log).UpgradeAsync(Stop));
            await log.Told.WaitAsync(Stop);
            Assert.False(start.IsCompleted);
        }

        Assert.Equal(new(Scripts.Version, Scripts.Migrations.Count), await start);
        Assert.Equal(1, log.Count);
    }

    [Fact]
    public async Task Upgrade_WhileItWaits_CanBeGivenUp()
    {
        var log = new WaitLog();
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        await using (await HoldLockAsync(_dataSource))
        {
            var start = Task.Run(() => CreateSchema(_dataSource, Scripts, log).UpgradeAsync(stopping.Token));
            await log.Told.WaitAsync(Stop);
            await stopping.CancelAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => start);
        }

        Assert.Equal(new(Scripts.Version, Scripts.Migrations.Count), await UpgradeAsync(Scripts));
    }

    /// <summary>The scripts of a later release, whose further steps name these oldest releases.</summary>
    private SchemaScripts Newer(params string?[] oldest) => Scripts with
    {
        Release = new(5, 0, 0),
        Migrations =
        [
            .. Scripts.Migrations,
            .. oldest.Select((release, index) => new Migration(
                Scripts.Version + 1 + index,
                "further",
                $"{(release is null ? "" : $"-- oldest: {release}\n")}CREATE TABLE further_{index} (id INTEGER)")),
        ],
    };
}
