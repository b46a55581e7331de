-- oldest: 0.2.0
-- What lists of accounts are sorted by, and what they show of each account's last runs.
ALTER TABLE account ADD COLUMN imported INTEGER NOT NULL DEFAULT 0;
ALTER TABLE account ADD COLUMN not_imported INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN is_preview INTEGER NOT NULL DEFAULT 0;
ALTER TABLE run ADD COLUMN changes INTEGER NOT NULL DEFAULT 0;

UPDATE account SET imported = known.imported, not_imported = known.not_imported
FROM (
  SELECT account_id, count(employee_id) AS imported, count(*) - count(employee_id) AS not_imported
  FROM employee WHERE outcome <> 'Deleted' GROUP BY account_id
) known
WHERE account.account_id = known.account_id;

-- One summary that is no JSON must not keep the service from starting.
UPDATE run SET
  is_preview = coalesce(summary->>'$.dryRun', 0),
  changes = coalesce(summary->>'$.counts.created', 0) + coalesce(summary->>'$.counts.linked', 0)
    + coalesce(summary->>'$.counts.phonesAdded', 0) + coalesce(summary->>'$.counts.removedFromResponsible', 0)
    + coalesce(summary->>'$.counts.failed', 0)
WHERE json_valid(summary);
