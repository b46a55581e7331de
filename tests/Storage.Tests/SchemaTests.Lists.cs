using System.Globalization;

namespace OrleansSync.Storage.Tests;

/// <summary>What was stored before lists had columns of their own.</summary>
public abstract partial class SchemaConformance
{
    [Fact]
    public async Task Upgrade_FromVersion5_FillsWhatListsShow()
    {
        await UpgradeAsync(Scripts with { Migrations = [.. Scripts.Migrations.Take(5)] });
        await ReadAsync(
            """
            INSERT INTO account (account_id, version, state, connection, is_being_erased, status, status_rank, display_name, folded,
                folded_name, portal_key, connected_at, failures_in_a_row, decided_run, has_work)
              VALUES ('a', 1, '{}', '{}', false, 'Active', 0, 'A', 'A', 'A', 'a', '2026-01-01 00:00:00+00:00', 0, 0, false);
            INSERT INTO employee (account_id, user_id, version, name, folded, outcome, employee_id, is_listed, entries, run) VALUES
              ('a', 1, 1, '', '', 'Matched', 7, false, 0, 1), ('a', 2, 1, '', '', 'Skipped', NULL, false, 0, 1),
              ('a', 3, 1, '', '', 'Failed', NULL, false, 0, 1), ('a', 4, 1, '', '', 'Deleted', 8, false, 0, 1),
              ('a', 5, 1, '', '', NULL, NULL, false, 0, 1)
            """);
        string[] summaries =
        [
            """{"status":"Succeeded","dryRun":false,"counts":{"users":9,"created":0,"linked":0,"failed":0,"phonesAdded":0}}""",
            """{"dryRun":true,"counts":{"created":12,"linked":1,"phonesAdded":2,"failed":3,"removedFromResponsible":4,"skipped":9}}""",
            """{"counts":{"created":5""",
            "null",
        ];
        for (var number = 1; number <= summaries.Length; number++)
        {
            await ReadAsync(
                "INSERT INTO run (account_id, number, run_id, status, finished_at, scope, calls_bitrix24, calls_call_gear, summary) VALUES "
                + $"('a', {number}, 'run-{number}', 'Succeeded', '2026-01-01 00:00:00+00:00', 'All', 0, 0, @summary)",
                ("summary", summaries[number - 1]));
        }

        await UpgradeAsync(Scripts);

        Assert.Equal(["1 2"], await ColumnAsync("SELECT imported || ' ' || not_imported FROM account"));
        Assert.Equal([0, 22], await NumbersAsync("SELECT changes FROM run WHERE number < 3 ORDER BY number"));
        Assert.Equal([2], await NumbersAsync("SELECT number FROM run WHERE is_preview"));

        async Task<IEnumerable<int>> NumbersAsync(string sql) =>
            (await ReadAsync(sql)).Select(value => Convert.ToInt32(value, CultureInfo.InvariantCulture));
    }
}
