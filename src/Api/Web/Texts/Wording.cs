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

    // The process goes without the system's culture data, and these two languages need little of it.
    private static readonly NumberFormatInfo _english = new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." };
    private static readonly NumberFormatInfo _russian = new() { NumberGroupSeparator = "\u00a0", NumberDecimalSeparator = "," };

    private static NumberFormatInfo Format => CultureInfo.CurrentUICulture.Name == "ru" ? _russian : _english;

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

    /// <summary>
    /// A text that counts something, in the form that the language has for the number: <c>one</c>, <c>few</c> (Russian: 2 to 4, 22 to 24
    /// and so on) or <c>many</c>. The number is its first argument.
    /// </summary>
    public static string Count(this IStringLocalizer<WebText> texts, string name, int number, params ReadOnlySpan<object> others) =>
        texts[$"{name}_{FormOf(number)}", [number.Show(), .. others]];

    /// <summary>A whole number with its thousands apart, as the viewer's language has it.</summary>
    public static string Show(this int number) => number.ToString("N0", Format);

    /// <summary>A number with one decimal, as the viewer's language has it.</summary>
    public static string Show(this double number) => number.ToString("N1", Format);

    private static string FormOf(int number) => CultureInfo.CurrentUICulture.Name != "ru"
        ? number == 1 ? "one" : "many"
        : (number % 10, number % 100) switch
        {
            (1, not 11) => "one",
            ( >= 2 and <= 4, not (>= 12 and <= 14)) => "few",
            _ => "many",
        };
}
