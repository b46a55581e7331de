using System.Globalization;
using Microsoft.Extensions.Localization;
using OrleansSync.Api.Bodies;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Web.Texts;

/// <summary>What values are called in the viewer's language.</summary>
internal static class Wording
{
    private const string Title = "Code_";
    private const string Remedy = "Fix_";
    private const string InForm = "FixInForm_";

    private static readonly NumberFormatInfo _grouped = new() { NumberGroupSeparator = "\u202f", NumberDecimalDigits = 0 };

    /// <summary>An enum's value, by a prefix that tells enums apart.</summary>
    public static string Name<T>(this IStringLocalizer<WebText> texts, T value)
        where T : struct, Enum => texts[$"{typeof(T).Name}_{CamelCaseEnum<T>.NameOf(value)}"];

    /// <summary>What went wrong, in a few words.</summary>
    public static string TitleOf(this IStringLocalizer<WebText> texts, ProblemCode code) =>
        texts[Title + CamelCaseEnum<ProblemCode>.NameOf(code)];

    public static string RemedyOf(this IStringLocalizer<WebText> texts, ProblemCode code) =>
        texts[Remedy + CamelCaseEnum<ProblemCode>.NameOf(code)];

    /// <summary>What to do about it for somebody who is just filling in a connection.</summary>
    public static string RemedyInForm(this IStringLocalizer<WebText> texts, ProblemCode code) =>
        texts[InForm + CamelCaseEnum<ProblemCode>.NameOf(code)] is { ResourceNotFound: false } own ? own : texts.RemedyOf(code);

    /// <summary>A name as pages show it, alone and within sentences.</summary>
    public static string NameOr(this IStringLocalizer<WebText> texts, string? name) =>
        string.IsNullOrWhiteSpace(name) ? texts["NoName"] : QuotedText.Of(name);

    /// <summary>A whole number with its thousands apart.</summary>
    public static string Show(this int number) => number.ToString("N", _grouped);
}
