using System.Globalization;

namespace OrleansSync.Sandbox.Seeding;

/// <summary>Phone numbers as people write them.</summary>
internal static class PhoneShapes
{
    /// <summary>A number in one of many shapes, some without any digit; distinct digits for each <paramref name="serial"/>.</summary>
    public static string Pick(Random random, int serial)
    {
        var digits = serial.ToString("D7", CultureInfo.InvariantCulture)[^7..];
        return random.Next(12) switch
        {
            0 => $"+7 (495) {digits[..3]}-{digits[3..5]}-{digits[5..]}",
            1 => $"8 495 {digits}",
            2 => $"+44 20 {digits}",
            3 => $"+1 (212) {digits[..3]}-{digits[3..]} ext. 12",
            4 => Arabic($"+971 4 {digits}"),
            5 => $"tel:+49-30-{digits}",
            6 => $"+7495{digits}",
            7 => "",
            8 => "  ",
            9 => "ask reception",
            10 => $"(050) {digits[..3]} {digits[3..]}",
            _ => $"7812{digits}",
        };
    }

    /// <summary>The text with its digits in Arabic-Indic form.</summary>
    public static string Arabic(string text) => string.Concat(text.Select(c => char.IsAsciiDigit(c) ? (char)('\u0660' + (c - '0')) : c));
}
