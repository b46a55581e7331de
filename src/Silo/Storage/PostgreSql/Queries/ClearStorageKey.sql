UPDATE grain_state
SET version = version + 1, payload = NULL, modified_at = now()
WHERE service_id = @ServiceId AND state_name = @GrainTypeString
  AND key_text = COALESCE(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1 AND key_hash = @GrainIdHash
  AND version = @GrainStateVersion
RETURNING version AS "NewGrainStateVersion"
