using System.Security.Cryptography;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Browser.Pages;

public sealed class FontTests
{
    /// <summary>
    /// Browsers keep fonts by their names for a year, and the style sheet names them without a fingerprint. A font whose content changes
    /// needs another name, here and in the style sheet.
    /// </summary>
    [Fact]
    public void Fonts_OfTheseNames_HaveTheseContents()
    {
        var fonts = Directory.GetFiles(Path.Combine(ServiceBinaries.Root, "src/Api/wwwroot/fonts"), "*.woff2")
            .Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetFileName(file)} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))[..16]}");

        Assert.Equal(
            [
                "inter-cyrillic-ext-wght-normal.woff2 ca157063339ac4ad",
                "inter-cyrillic-wght-normal.woff2 71d5ee93cc1e9f1d",
                "inter-greek-wght-normal.woff2 1be3448e292fbf05",
                "inter-latin-ext-wght-normal.woff2 34b9c504cab7a73e",
                "inter-latin-wght-normal.woff2 3100e775e8616cd2",
                "inter-vietnamese-wght-normal.woff2 5c66f9e07e90c6d4",
            ],
            fonts);
    }
}
