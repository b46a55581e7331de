namespace OrleansSync.Storage.PostgreSql;

/// <summary>
/// The statements that write rows of users and of accounts. Each answers the places, in its arrays, of the rows that were written.
/// </summary>
internal static class PostgreSqlRowStatements
{
    /// <summary>Rows of users, with history and changes.</summary>
    public const string Users =
        """
        WITH given AS (
          SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            AS t(place, account_id, user_id, version, expected, is_erased, name, email, folded, outcome, reason_code, reason, employee_id,
                 link_email, link_origin, linked_at, intent, is_listed, entries, run)
        ), changed AS (
          UPDATE employee AS row SET version = given.version, name = given.name, email = given.email, folded = given.folded,
            outcome = given.outcome, reason_code = given.reason_code, reason = given.reason, employee_id = given.employee_id,
            link_email = given.link_email, link_origin = given.link_origin, linked_at = given.linked_at, intent = given.intent,
            is_listed = given.is_listed, entries = given.entries, run = given.run
          FROM given
          WHERE row.account_id = given.account_id AND row.user_id = given.user_id AND row.version = given.expected AND NOT given.is_erased
          RETURNING given.place
        ), added AS (
          INSERT INTO employee (account_id, user_id, version, name, email, folded, outcome, reason_code, reason, employee_id, link_email,
            link_origin, linked_at, intent, is_listed, entries, run)
          SELECT account_id, user_id, version, name, email, folded, outcome, reason_code, reason, employee_id, link_email, link_origin,
            linked_at, intent, is_listed, entries, run
          FROM given WHERE expected IS NULL AND NOT is_erased
          ON CONFLICT DO NOTHING
          RETURNING account_id, user_id
        ), erased AS (
          DELETE FROM employee AS row USING given
          WHERE given.is_erased AND row.account_id = given.account_id AND row.user_id = given.user_id AND row.version = given.expected
          RETURNING given.place, given.account_id, given.user_id
        ), written AS (
          SELECT place FROM changed
          UNION ALL SELECT given.place FROM added JOIN given ON given.account_id = added.account_id AND given.user_id = added.user_id
        ), noted AS (
          INSERT INTO history (account_id, user_id, entry, at, run_id, outcome, detail)
          SELECT given.account_id, given.user_id, t.entry, t.at, t.run_id, t.outcome, t.detail
          FROM unnest($21, $22, $23, $24, $25, $26) AS t(place, entry, at, run_id, outcome, detail)
          JOIN written ON written.place = t.place JOIN given ON given.place = t.place
          ON CONFLICT (account_id, user_id, entry) DO UPDATE SET at = excluded.at, run_id = excluded.run_id, outcome = excluded.outcome,
              detail = excluded.detail
        ), shortened AS (
          DELETE FROM history AS old USING given JOIN written ON written.place = given.place
          WHERE given.entries > 100 AND old.account_id = given.account_id AND old.user_id = given.user_id
              AND old.entry <= given.entries - 100
        ), emptied AS (
          DELETE FROM history AS old USING erased WHERE old.account_id = erased.account_id AND old.user_id = erased.user_id
        ), reported AS (
          INSERT INTO run_change (account_id, user_id, first_run, until_run, outcome, outcome_rank, reason_code, detail)
          SELECT given.account_id, t.user_id, t.first_run, t.until_run, t.outcome, t.outcome_rank, t.reason_code, t.detail
          FROM unnest($27, $28, $29, $30, $31, $32, $33, $34) AS t(place, user_id, first_run, until_run, outcome, outcome_rank, reason_code,
              detail)
          JOIN written ON written.place = t.place JOIN given ON given.place = t.place
          ON CONFLICT (account_id, user_id, first_run, outcome) DO UPDATE SET
            until_run = excluded.until_run, reason_code = excluded.reason_code, detail = excluded.detail
        )
        SELECT place FROM written UNION ALL SELECT place FROM erased
        """;

    /// <summary>Rows of accounts, with the runs that end with them.</summary>
    public const string Accounts =
        """
        WITH given AS (
          SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)
            AS t(place, account_id, version, expected, state, connection, is_being_erased, status, status_rank, problem, display_name,
                 folded, folded_name, portal_key, connected_at, last_run_at, last_success_at, next_run_at, failures_in_a_row, has_work,
                 decided_run)
        ), changed AS (
          UPDATE account AS row SET version = given.version, state = given.state, connection = coalesce(given.connection, row.connection),
            is_being_erased = given.is_being_erased, status = given.status, status_rank = given.status_rank, problem = given.problem,
            display_name = given.display_name, folded = given.folded, folded_name = given.folded_name, portal_key = given.portal_key,
            last_run_at = given.last_run_at, last_success_at = given.last_success_at, next_run_at = given.next_run_at,
            failures_in_a_row = given.failures_in_a_row, has_work = given.has_work, decided_run = given.decided_run
          FROM given WHERE row.account_id = given.account_id AND row.version = given.expected
          RETURNING given.place
        ), added AS (
          INSERT INTO account (account_id, version, state, connection, is_being_erased, status, status_rank, problem, display_name, folded,
            folded_name, portal_key, connected_at, last_run_at, last_success_at, next_run_at, failures_in_a_row, has_work, decided_run)
          SELECT account_id, version, state, connection, is_being_erased, status, status_rank, problem, display_name, folded, folded_name,
            portal_key, connected_at, last_run_at, last_success_at, next_run_at, failures_in_a_row, has_work, decided_run
          FROM given WHERE expected IS NULL
          ON CONFLICT DO NOTHING
          RETURNING account_id
        ), written AS (
          SELECT given.place, given.account_id FROM changed JOIN given ON given.place = changed.place
          UNION ALL SELECT given.place, given.account_id FROM added JOIN given ON given.account_id = added.account_id
        ), closing AS (
          SELECT written.account_id, t.* FROM unnest($22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33)
            AS t(place, number, run_id, status, finished_at, scope, only_user, error_code, calls_bitrix24, calls_call_gear, summary,
                forgotten)
          JOIN written ON written.place = t.place
        ), closed AS (
          INSERT INTO run (account_id, number, run_id, status, finished_at, scope, only_user, error_code, calls_bitrix24, calls_call_gear,
              summary)
          SELECT account_id, number, run_id, status, finished_at, scope, only_user, error_code, calls_bitrix24, calls_call_gear, summary
              FROM closing
        ), ended AS (
          UPDATE run_change AS row SET until_run = closing.number
          FROM unnest($34, $35) AS t(place, user_id) JOIN closing ON closing.place = t.place
          WHERE row.account_id = closing.account_id AND row.user_id = t.user_id AND row.until_run = 9223372036854775807
            AND closing.number > closing.forgotten + 1
        ), ended_and_forgotten AS (
          DELETE FROM run_change AS row
          USING unnest($34, $35) AS t(place, user_id) JOIN closing ON closing.place = t.place
          WHERE row.account_id = closing.account_id AND row.user_id = t.user_id AND row.until_run = 9223372036854775807
            AND closing.number <= closing.forgotten + 1
        ), reported AS (
          INSERT INTO run_change (account_id, user_id, first_run, until_run, outcome, outcome_rank, reason_code, detail)
          SELECT closing.account_id, t.user_id, t.first_run, t.until_run, t.outcome, t.outcome_rank, t.reason_code, t.detail
          FROM unnest($36, $37, $38, $39, $40, $41, $42, $43) AS t(place, user_id, first_run, until_run, outcome, outcome_rank, reason_code,
              detail)
          JOIN closing ON closing.place = t.place
          ON CONFLICT (account_id, user_id, first_run, outcome) DO UPDATE SET
            until_run = excluded.until_run, reason_code = excluded.reason_code, detail = excluded.detail
        ), forgotten AS (
          DELETE FROM run AS old USING closing WHERE old.account_id = closing.account_id AND old.number <= closing.forgotten
        ), forgotten_changes AS (
          DELETE FROM run_change AS old USING closing WHERE old.account_id = closing.account_id AND old.until_run <= closing.forgotten + 1
        )
        SELECT place FROM written
        """;
}
