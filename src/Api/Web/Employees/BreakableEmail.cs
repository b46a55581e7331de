using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Web.Employees;

/// <summary>E-mail addresses on pages: they may break before the @, where it hurts least.</summary>
internal static class BreakableEmail
{
    /// <summary>The address as markup.</summary>
    /// <param name="address">The address as the vendor has it; null shows a dash.</param>
    public static MarkupString Of(string? address) => new(string.IsNullOrEmpty(address)
        ? "—"
        : HtmlEncoder.Default.Encode(QuotedText.Of(address)).Replace("@", "<wbr>@", StringComparison.Ordinal));
}
