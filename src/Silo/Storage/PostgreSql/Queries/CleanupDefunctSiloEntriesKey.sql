-- 6 is SiloStatus.Dead: a silo in any other state may still come to vote or be voted on.
DELETE FROM membership_silo
WHERE deployment_id = @DeploymentId AND status = 6 AND i_am_alive_time < @IAmAliveTime AND start_time < @IAmAliveTime
