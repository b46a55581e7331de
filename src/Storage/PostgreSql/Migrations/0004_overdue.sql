-- oldest: 0.2.0
-- When an account becomes failing by nothing but time: what nobody writes anew has to be found by queries.
ALTER TABLE account ADD COLUMN overdue_at timestamptz;
