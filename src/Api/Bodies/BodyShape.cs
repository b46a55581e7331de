using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansSync.Api.Bodies;

/// <summary>
/// Compares a JSON value with the contract it should have. A deserializer stops at the first fault; this finds all of them, and leaves the members that are
/// well formed, so that their values can be judged in the same answer.
/// </summary>
internal static class BodyShape
{
    /// <summary>Copies the well-formed members of an object.</summary>
    /// <param name="value">The value to look at.</param>
    /// <param name="contract">Its contract, of an object.</param>
    /// <param name="path">Its path; empty for the body itself.</param>
    /// <param name="errors">Where faults go.</param>
    /// <param name="copy">Where the well-formed members go.</param>
    public static void CopyObject(JsonElement value, JsonTypeInfo contract, string path, BodyErrors errors, Utf8JsonWriter copy)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        copy.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            var memberPath = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (!seen.Add(member.Name))
            {
                errors.Add(memberPath, "is given more than once.");
            }
            else if (contract.Properties.FirstOrDefault(property => property.Name == member.Name) is { } property)
            {
                CopyMember(member, contract.Options.GetTypeInfo(property.PropertyType), memberPath, errors, copy);
            }
            else
            {
                errors.Add(memberPath, $"is not known here. Known are: {string.Join(", ", contract.Properties.Select(known => known.Name))}.");
            }
        }

        copy.WriteEndObject();
    }

    private static void CopyMember(JsonProperty member, JsonTypeInfo contract, string path, BodyErrors errors, Utf8JsonWriter copy)
    {
        if (member.Value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (contract.Kind != JsonTypeInfoKind.Object)
        {
            if (Fits(member.Value, contract))
            {
                member.WriteTo(copy);
            }
            else
            {
                errors.Add(path, $"must be {Describe(contract.Type)}.");
            }
        }
        else if (member.Value.ValueKind != JsonValueKind.Object)
        {
            errors.Add(path, "must be an object.");
        }
        else
        {
            copy.WritePropertyName(member.Name);
            CopyObject(member.Value, contract, path, errors, copy);
        }
    }

    private static bool Fits(JsonElement value, JsonTypeInfo contract)
    {
        try
        {
            // The converter takes an enum's names in any case; the interface takes them as they are written.
            return (Nullable.GetUnderlyingType(contract.Type) ?? contract.Type) is { IsEnum: true } choice
                ? value.ValueKind == JsonValueKind.String && NamesOf(choice).Contains(value.GetString(), StringComparer.Ordinal)
                : value.Deserialize(contract) is not null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is how the reader refuses half of a surrogate pair.
            return false;
        }
    }

    private static string Describe(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var text when text == typeof(string) => "a text",
        var flag when flag == typeof(bool) => "true or false",
        var number when number == typeof(int) || number == typeof(long) => "a whole number",
        { IsEnum: true } choice => "one of " + string.Join(", ", NamesOf(choice)),
        var other => throw new NotSupportedException($"No body has members of type {other.Name}."),
    };

    private static IEnumerable<string> NamesOf(Type choice) => Enum.GetNames(choice).Select(JsonNamingPolicy.CamelCase.ConvertName);
}
