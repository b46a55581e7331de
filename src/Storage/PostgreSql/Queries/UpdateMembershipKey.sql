-- The version of the table and the silo's row change together or not at all; the version's row is the lock.
-- Whoever writes may have read the row before the silo's last sign of life, which does not change the version: the newer time stays.
WITH advanced AS (
  UPDATE membership_version
  SET version = version + 1, modified_at = now()
  WHERE deployment_id = @DeploymentId AND version = @Version AND EXISTS (
    SELECT 1 FROM membership_silo
    WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
  RETURNING 1),
updated AS (
  UPDATE membership_silo
  SET status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = GREATEST(i_am_alive_time, @IAmAliveTime)
  FROM advanced
  WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
  RETURNING 1)
SELECT EXISTS (SELECT 1 FROM updated) AS "Done"
