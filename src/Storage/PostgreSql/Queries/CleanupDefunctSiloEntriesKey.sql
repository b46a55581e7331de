-- 6 is SiloStatus.Dead: a silo in any other state may still come to vote or be voted on.
-- Votes are stored as silo,time|silo,time; whoever was voted on lately counts as alive until then.
DELETE FROM membership_silo
WHERE deployment_id = @DeploymentId AND status = 6 AND i_am_alive_time < @IAmAliveTime AND start_time < @IAmAliveTime
  AND NOT EXISTS (
    SELECT 1 FROM unnest(string_to_array(suspect_times, '|')) AS vote
    WHERE split_part(vote, ',', 2)::timestamptz >= @IAmAliveTime)
