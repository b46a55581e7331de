-- The silos' rows go with it, by their foreign key.
DELETE FROM membership_version WHERE deployment_id = @DeploymentId
