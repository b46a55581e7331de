using System.Text;

namespace OrleansSync.Api.Web.Operation;

/// <summary>A page that is not ours, with a link back to ours on its top.</summary>
/// <param name="page">The page; text in UTF-8.</param>
/// <param name="link">The link, as markup.</param>
internal sealed class PageWithWayBack(IResult page, string link) : IResult
{
    private const string Body = "<body";

    /// <inheritdoc />
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (response, sent) = (httpContext.Response, httpContext.Response.Body);
        using var written = new MemoryStream();
        response.Body = written;
        try
        {
            await page.ExecuteAsync(httpContext);
        }
        finally
        {
            response.Body = sent;
        }

        var text = Encoding.UTF8.GetString(written.GetBuffer(), 0, (int)written.Length);
        var body = text.IndexOf(Body, StringComparison.OrdinalIgnoreCase);
        var behind = body < 0 ? -1 : text.IndexOf('>', body);
        var whole = behind < 0 ? written.ToArray() : Encoding.UTF8.GetBytes(text.Insert(behind + 1, link));
        response.ContentLength = whole.Length;
        await response.Body.WriteAsync(whole, httpContext.RequestAborted);
    }
}
