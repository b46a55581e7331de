-- A key with an empty extension has the text and the hash of the one without: its hash is stored inverted.
UPDATE grain_state
SET version = version + 1, payload = NULL, modified_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE service_id = @ServiceId AND state_name = @GrainTypeString
  AND key_text = COALESCE(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
  AND key_hash = CASE @GrainIdExtensionString WHEN '' THEN ~@GrainIdHash ELSE @GrainIdHash END
  AND version = @GrainStateVersion
RETURNING version AS NewGrainStateVersion
