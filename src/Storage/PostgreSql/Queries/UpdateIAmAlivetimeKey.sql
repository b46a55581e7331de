-- A sign of life does not change the version of the table: silos send it all the time. One that comes late never takes back a newer one.
UPDATE membership_silo
SET i_am_alive_time = @IAmAliveTime
WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
  AND i_am_alive_time < @IAmAliveTime
