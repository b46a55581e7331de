using Microsoft.AspNetCore.Components;
using OrleansSync.Api.Web.Texts;

namespace OrleansSync.Api.Web.Shell;

/// <summary>A column of a table.</summary>
/// <param name="Head">The name of its head's text.</param>
/// <param name="Cell">What a row shows there.</param>
/// <param name="Class">
/// The classes of its cells: <c>lead</c> the name of a row, which heads its card on narrow screens; <c>full</c> a whole line there;
/// <c>num</c> a number; <c>mid</c> and <c>opt</c> what leaves where it gets narrow; <c>act</c> what can be done.
/// </param>
/// <param name="IsSilent">Whether its head is for readers of screens alone.</param>
/// <param name="Sort">What a list is asked for to sort it by this column; null where it cannot be.</param>
public sealed record Column<TItem>(
    string Head, RenderFragment<TItem> Cell, string? Class = null, bool IsSilent = false, string? Sort = null)
{
    /// <summary>What its head shows instead of a text; null for the text.</summary>
    public RenderFragment? HeadCell { get; init; }

    /// <summary>A column of texts.</summary>
    public Column(string head, Func<TItem, string?> text, string? @class = null)
        : this(head, item => cell => cell.AddContent(0, text(item)), @class)
    {
    }

    /// <summary>A column of numbers; nothing stands back.</summary>
    public Column(string head, Func<TItem, int> number, string? sort = null)
        : this(head, item => cell => AddNumber(cell, number(item)), "num", Sort: sort)
    {
    }

    // On cards the name and whole lines need no label: they say themselves what they are.
    internal bool HasLabel => !IsSilent && Class?.Split(' ').Any(one => one is "lead" or "full" or "act" or "tickcell") != true;

    private static void AddNumber(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder cell, int number)
    {
        cell.OpenElement(0, "span");
        cell.AddAttribute(1, "class", number == 0 ? "faint" : null);
        cell.AddContent(2, number.Show());
        cell.CloseElement();
    }
}
