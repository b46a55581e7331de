namespace OrleansSync.Api.Audit;

/// <summary>The actions an audit trail names. Stable: other programs look for them.</summary>
internal static class AuditActions
{
    public const string AccountConnected = "account.connected";

    public const string AccountUpdated = "account.updated";

    public const string SettingsChanged = "settings.changed";

    public const string KeyCreated = "key.created";

    public const string KeyRevoked = "key.revoked";

    public const string RunRequested = "run.requested";

    public const string RunApproved = "run.approved";

    public const string RunCancelled = "run.cancelled";

    public const string RunKept = "run.kept";

    public const string ResponsibleRemoved = "responsible.removed";

    public const string ResponsibleAdded = "responsible.added";
}
