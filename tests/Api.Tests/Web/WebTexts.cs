using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansSync.Api.Web.Texts;

namespace OrleansSync.Api.Tests.Web;

/// <summary>The texts of the pages, as pages get them.</summary>
internal static class WebTexts
{
    private static readonly StringLocalizer<WebText> _texts =
        new(new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions()), NullLoggerFactory.Instance));

    /// <summary>The texts, in a language for the rest of the test.</summary>
    public static IStringLocalizer<WebText> In(string language)
    {
        CultureInfo.CurrentUICulture = new CultureInfo(language);
        return _texts;
    }
}
