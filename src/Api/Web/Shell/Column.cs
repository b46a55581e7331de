using Microsoft.AspNetCore.Components;
using OrleansSync.Api.Web.Texts;

namespace OrleansSync.Api.Web.Shell;

/// <summary>A column of a table.</summary>
/// <param name="Head">The name of its head's text. On narrow screens each cell but the first of a row says it.</param>
/// <param name="Cell">What a row shows there.</param>
/// <param name="Class">The class of its cells.</param>
/// <param name="IsSilent">Whether its head is for screen readers alone.</param>
public sealed record Column<TItem>(string Head, RenderFragment<TItem> Cell, string? Class = null, bool IsSilent = false)
{
    /// <summary>A column of texts.</summary>
    public Column(string head, Func<TItem, string?> text, string? @class = null)
        : this(head, item => cell => cell.AddContent(0, text(item)), @class)
    {
    }

    /// <summary>A column of numbers.</summary>
    public Column(string head, Func<TItem, int> number)
        : this(head, item => number(item).Show(), "number")
    {
    }
}
