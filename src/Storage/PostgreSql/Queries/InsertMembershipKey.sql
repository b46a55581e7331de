-- The version of the table and the silo's row change together or not at all; the version's row is the lock.
WITH advanced AS (
  UPDATE membership_version
  SET version = version + 1, modified_at = now()
  WHERE deployment_id = @DeploymentId AND version = @Version AND NOT EXISTS (
    SELECT 1 FROM membership_silo
    WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation)
  RETURNING 1),
inserted AS (
  INSERT INTO membership_silo
    (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time)
  SELECT @DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
  FROM advanced
  RETURNING 1)
SELECT EXISTS (SELECT 1 FROM inserted) AS "Done"
