using System.Net;
using System.Text.RegularExpressions;
using OrleansSync.Grains.Interfaces.Rows;
using Found = System.Text.RegularExpressions.Match;

namespace OrleansSync.Grains.Import;

/// <summary>R2.2: portals hold some texts as they were escaped for a page.</summary>
internal static partial class HtmlEntities
{
    /// <summary>The text with every entity decoded, once; what is no entity stays as it is.</summary>
    public static string Decode(string text) => text.Contains('&', StringComparison.Ordinal)
        ? StoredText.Clean(Entities().Replace(text, static entity => Decoded(entity)))
        : text;

    private static string Decoded(Found entity) =>
        Named(entity.Groups["name"].Value) ?? WebUtility.HtmlDecode(entity.Value);

    // Those of HTML 5 for the characters of ASCII, which the framework's decoder does not know.
    private static string? Named(string name) => name switch
    {
        "Tab" => "\t",
        "NewLine" => "\n",
        "excl" => "!",
        "num" => "#",
        "dollar" => "$",
        "percnt" => "%",
        "lpar" => "(",
        "rpar" => ")",
        "ast" or "midast" => "*",
        "plus" => "+",
        "comma" => ",",
        "period" => ".",
        "sol" => "/",
        "colon" => ":",
        "semi" => ";",
        "equals" => "=",
        "quest" => "?",
        "commat" => "@",
        "lsqb" or "lbrack" => "[",
        "bsol" => "\\",
        "rsqb" or "rbrack" => "]",
        "Hat" => "^",
        "lowbar" or "UnderBar" => "_",
        "grave" => "`",
        "lcub" or "lbrace" => "{",
        "verbar" or "vert" or "VerticalLine" => "|",
        "rcub" or "rbrace" => "}",
        "hyphen" or "dash" => "\u2010",
        "NonBreakingSpace" => "\u00A0",
        "ZeroWidthSpace" => "\u200B",
        "hellip" or "mldr" => "…",
        _ => null,
    };

    [GeneratedRegex("&(?:(?<name>[A-Za-z][A-Za-z0-9]{1,31})|#[0-9]{1,10}|#[xX][0-9A-Fa-f]{1,8});")]
    private static partial Regex Entities();
}
