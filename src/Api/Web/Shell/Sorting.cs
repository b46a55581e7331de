namespace OrleansSync.Api.Web.Shell;

/// <summary>By which column a list is sorted.</summary>
/// <param name="By">What the column's <see cref="Column{TItem}.Sort"/> says; null for the list's own order.</param>
/// <param name="IsDown">Whether what is greatest comes first.</param>
public sealed record Sorting(string? By, bool IsDown)
{
    /// <summary>The name of the parameter in an address.</summary>
    public const string Parameter = "sort";

    private const char Down = '-';

    /// <summary>What an address asks for, as <c>name</c> or <c>-name</c>.</summary>
    public static Sorting Parse(string? value) =>
        string.IsNullOrEmpty(value) ? new(null, false) : new(value.TrimStart(Down), value.StartsWith(Down));

    /// <summary>What an address has to ask for so that a press on a column's head sorts by it, and another one turns it round.</summary>
    public string After(string column) => By == column && !IsDown ? Down + column : column;
}
