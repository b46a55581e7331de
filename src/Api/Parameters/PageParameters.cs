namespace OrleansSync.Api.Parameters;

/// <summary>The parameters that all lists have.</summary>
internal static class PageParameters
{
    /// <summary>How many items a page has when the caller does not say.</summary>
    public const int DefaultLimit = 50;

    /// <summary>The most items a page has.</summary>
    public const int MaxLimit = 200;

    /// <summary>The most items of a page.</summary>
    public static readonly NumberParameter Limit = new("limit", 1, MaxLimit, $"The most items to answer; {DefaultLimit} when left out.");

    /// <summary>Text to look for.</summary>
    public static readonly TextParameter Query = new("query", 200, "Only items that contain this text, whatever the case.");

    /// <summary>The list of accounts goes on.</summary>
    public static readonly CursorParameter AccountsCursor = new('a');

    /// <summary>The list of runs goes on.</summary>
    public static readonly CursorParameter RunsCursor = new('r');

    /// <summary>The list of employees goes on.</summary>
    public static readonly CursorParameter EmployeesCursor = new('e');

    /// <summary>The audit trail goes on.</summary>
    public static readonly CursorParameter AuditCursor = new('t');

    /// <summary>Reads the most items a page may have.</summary>
    /// <param name="query">The request's parameters.</param>
    public static int ReadLimit(this QueryReader query) => (int)(query.Read(Limit) ?? DefaultLimit);
}
