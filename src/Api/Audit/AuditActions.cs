namespace OrleansSync.Api.Audit;

/// <summary>The actions an audit trail names. Stable: other programs look for them.</summary>
internal static class AuditActions
{
    /// <summary>The account was connected.</summary>
    public const string AccountConnected = "account.connected";

    /// <summary>The account's connection or settings were changed.</summary>
    public const string AccountUpdated = "account.updated";

    /// <summary>A key was made.</summary>
    public const string KeyCreated = "key.created";

    /// <summary>A key was revoked.</summary>
    public const string KeyRevoked = "key.revoked";

    /// <summary>A run was asked for.</summary>
    public const string RunRequested = "run.requested";

    /// <summary>A held run was approved.</summary>
    public const string RunApproved = "run.approved";

    /// <summary>An employee was taken out of the responsible employees.</summary>
    public const string ResponsibleRemoved = "responsible.removed";

    /// <summary>An employee was put back among the responsible employees.</summary>
    public const string ResponsibleAdded = "responsible.added";
}
