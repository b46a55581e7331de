-- A key with an empty extension has the text and the hash of the one without: its hash is stored inverted.
SELECT CAST(payload AS BLOB) AS PayloadBinary, version AS Version
FROM grain_state
WHERE service_id = @ServiceId AND state_name = @GrainTypeString
  AND key_text = COALESCE(@GrainIdExtensionString, '') AND key_n0 = @GrainIdN0 AND key_n1 = @GrainIdN1
  AND key_hash = CASE @GrainIdExtensionString WHEN '' THEN ~@GrainIdHash ELSE @GrainIdHash END
