using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace OrleansSync.Api.Parameters;

/// <summary>
/// The camelCase name of one of an enum's values, letter by letter; blank means that none is chosen. The framework binds an enum by the
/// name that it has in this program.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ChoiceAttribute(Type choice) : ValidationAttribute($"must be one of {string.Join(", ", NamesOf(choice))}.")
{
    public Type Choice => choice;

    /// <summary>The names that may be chosen.</summary>
    public static IEnumerable<string> NamesOf(Type choice) => Enum.GetNames(choice).Select(JsonNamingPolicy.CamelCase.ConvertName);

    /// <inheritdoc />
    public override bool IsValid(object? value) => value is null or "" || NamesOf(choice).Contains(value);
}
