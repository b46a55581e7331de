-- Removes one dead silo (6 is SiloStatus.Dead), and only as it was read: whatever changed since keeps its row.
-- No votes are stored as null or as an empty text, but always read as null.
DELETE FROM membership_silo
WHERE deployment_id = @DeploymentId AND address = @Address AND port = @Port AND generation = @Generation
  AND status = 6 AND start_time = @StartTime AND i_am_alive_time = @IAmAliveTime
  AND COALESCE(suspect_times, '') = COALESCE(@SuspectTimes, '')
