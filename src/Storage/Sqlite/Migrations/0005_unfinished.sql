-- oldest: 0.2.0
-- Who has work left is looked for every minute, among however many accounts.
CREATE INDEX account_unfinished ON account (account_id) WHERE has_work OR is_being_erased;
