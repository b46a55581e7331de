-- A cluster without silos still answers one row: the version alone.
SELECT
  silo.address AS "Address", silo.port AS "Port", silo.generation AS "Generation", silo.silo_name AS "SiloName",
  silo.host_name AS "HostName", silo.status AS "Status", silo.proxy_port AS "ProxyPort", silo.suspect_times AS "SuspectTimes",
  silo.start_time AS "StartTime", silo.i_am_alive_time AS "IAmAliveTime", membership_version.version AS "Version"
FROM membership_version
LEFT JOIN membership_silo AS silo ON silo.deployment_id = membership_version.deployment_id
WHERE membership_version.deployment_id = @DeploymentId
