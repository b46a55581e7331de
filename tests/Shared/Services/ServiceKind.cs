namespace OrleansSync.Testing.Services;

/// <summary>How the product runs.</summary>
public enum ServiceKind
{
    /// <summary>One process on SQLite.</summary>
    Embedded,

    /// <summary>Two silos and an API on PostgreSQL.</summary>
    Cluster,
}
