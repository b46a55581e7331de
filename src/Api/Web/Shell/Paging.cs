namespace OrleansSync.Api.Web.Shell;

/// <summary>Which page of a list is shown.</summary>
/// <param name="Page">The page, from 1.</param>
/// <param name="Pages">How many there are; at least 1.</param>
/// <param name="Size">How much a page shows.</param>
/// <param name="All">How much the whole list has.</param>
public sealed record Paging(int Page, int Pages, int Size, int All)
{
    /// <summary>How much lies before the page.</summary>
    public int Skip => (Page - 1) * Size;

    /// <summary>The page that is wanted, or the nearest there is.</summary>
    public static Paging Of(int wanted, int count, int size)
    {
        var pages = Math.Max(1, (count + size - 1) / size);
        return new Paging(Math.Clamp(wanted, 1, pages), pages, size, count);
    }
}
