-- oldest: 0.2.0
-- How many milliseconds a run waited before it started; null where no release has written it.
ALTER TABLE run ADD COLUMN waited INTEGER;
