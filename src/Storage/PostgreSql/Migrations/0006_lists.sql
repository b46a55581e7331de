-- oldest: 0.2.0
-- What lists of accounts are sorted by, and what they show of each account's last runs.
ALTER TABLE account
  ADD COLUMN imported integer NOT NULL DEFAULT 0,
  ADD COLUMN not_imported integer NOT NULL DEFAULT 0;

ALTER TABLE run
  ADD COLUMN is_preview boolean NOT NULL DEFAULT false,
  ADD COLUMN changes integer NOT NULL DEFAULT 0;

UPDATE account SET imported = known.imported, not_imported = known.not_imported
FROM (
  SELECT account_id, count(employee_id) AS imported, count(*) - count(employee_id) AS not_imported
  FROM employee WHERE outcome <> 'Deleted' GROUP BY account_id
) known
WHERE account.account_id = known.account_id;

-- Looked for as text: one summary that is no JSON must not keep the service from starting. Nearly all runs change nothing.
UPDATE run SET
  is_preview = summary LIKE '%"dryRun":true%',
  changes = coalesce(CAST(substring(summary FROM '"created":([0-9]{1,8})') AS integer), 0)
    + coalesce(CAST(substring(summary FROM '"linked":([0-9]{1,8})') AS integer), 0)
    + coalesce(CAST(substring(summary FROM '"phonesAdded":([0-9]{1,8})') AS integer), 0)
    + coalesce(CAST(substring(summary FROM '"removedFromResponsible":([0-9]{1,8})') AS integer), 0)
    + coalesce(CAST(substring(summary FROM '"failed":([0-9]{1,8})') AS integer), 0)
WHERE summary LIKE '%"dryRun":true%'
  OR summary NOT LIKE '%"created":0,%'
  OR summary NOT LIKE '%"linked":0,%'
  OR summary NOT LIKE '%"phonesAdded":0,%'
  OR summary NOT LIKE '%"removedFromResponsible":0%'
  OR summary NOT LIKE '%"failed":0,%';
