namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>Whether a portal serves REST calls at all.</summary>
public enum PortalStatus
{
    /// <summary>It does.</summary>
    Active,

    /// <summary>The plan has no REST: 403 <c>ACCESS_DENIED</c>.</summary>
    NoRest,

    /// <summary>500 <c>PORTAL_DELETED</c>.</summary>
    Deleted,

    /// <summary>Blocked by hand: 503 <c>OVERLOAD_LIMIT</c>.</summary>
    Overloaded,
}
