-- No row comes back when the version does not fit, which the provider reports as an inconsistent state.
-- A write that names a version never makes a row.
-- The first version is random so that an activation with an old version cannot match a row that was deleted and made again.
-- A key with an empty extension has the text and the hash of the one without: its hash is stored inverted.
INSERT INTO grain_state
  (service_id, state_name, key_text, key_n0, key_n1, key_hash, version, payload, modified_at)
SELECT
  @ServiceId, @GrainTypeString, COALESCE(@GrainIdExtensionString, ''), @GrainIdN0, @GrainIdN1,
  CASE @GrainIdExtensionString WHEN '' THEN ~@GrainIdHash ELSE @GrainIdHash END,
  1 + abs(random() % 1000000000), CAST(@PayloadBinary AS TEXT), strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE @GrainStateVersion IS NULL OR EXISTS (
  SELECT 1 FROM grain_state
  WHERE service_id = @ServiceId AND state_name = @GrainTypeString
    AND key_text = COALESCE(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
    AND key_hash = CASE @GrainIdExtensionString WHEN '' THEN ~@GrainIdHash ELSE @GrainIdHash END
    AND version = @GrainStateVersion)
ON CONFLICT (service_id, state_name, key_text, key_n0, key_n1, key_hash) DO UPDATE
SET version = version + 1, payload = excluded.payload, modified_at = excluded.modified_at
WHERE version = @GrainStateVersion
RETURNING version AS NewGrainStateVersion
