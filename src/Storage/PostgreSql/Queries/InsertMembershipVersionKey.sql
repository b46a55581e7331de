WITH inserted AS (
  INSERT INTO membership_version (deployment_id, version, modified_at)
  VALUES (@DeploymentId, 0, now())
  ON CONFLICT (deployment_id) DO NOTHING
  RETURNING 1)
SELECT EXISTS (SELECT 1 FROM inserted) AS "Done"
