using System.ComponentModel;
using System.Globalization;

namespace OrleansSync.Hosting.Settings;

/// <summary>
/// A setting that must not be shown: it prints as dots, so a settings record can be logged or interpolated without giving it away.
/// </summary>
/// <param name="value">The secret.</param>
[TypeConverter(typeof(FromText))]
public sealed class SecretText(string value)
{
    private readonly string _value = value;

    /// <summary>Answers the secret itself. Call it only where the secret is used.</summary>
    public string Reveal() => _value;

    /// <summary>Answers dots.</summary>
    public override string ToString() => "•••";

    private sealed class FromText : TypeConverter
    {
        public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => sourceType == typeof(string);

        public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
            new SecretText((string)value);
    }
}
