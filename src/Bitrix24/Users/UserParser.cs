using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using OrleansSync.Bitrix24.Responses;

namespace OrleansSync.Bitrix24.Users;

internal static class UserParser
{
    /// <summary>The fields asked for, in the spelling of the vendor's <c>user.get</c>.</summary>
    public static readonly string[] Fields =
    [
        "ID", "ACTIVE", "USER_TYPE", "NAME", "LAST_NAME", "SECOND_NAME", "EMAIL",
        "WORK_PHONE", "PERSONAL_MOBILE", "PERSONAL_PHONE", "UF_DEPARTMENT",
    ];

    private static readonly byte[][] _names = [.. Fields.Select(Encoding.UTF8.GetBytes)];

    /// <summary>A user, or null when the element has no valid id.</summary>
    public static Bitrix24User? Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // One pass over the members: to look for each field costs a pass a field.
        var values = default(Values);
        foreach (var property in element.EnumerateObject())
        {
            if (PlaceOf(property) is var place and >= 0)
            {
                values[place] = property.Value;
            }
        }

        return values[0].Integer() is not (> 0 and var id)
            ? null
            : new Bitrix24User
            {
                Id = id,
                IsActive = IsActive(values[1]),
                UserType = values[2].Text(),
                Name = values[3].Text(),
                LastName = values[4].Text(),
                SecondName = values[5].Text(),
                Email = values[6].Text(),
                HasEmailField = values[6] is not null,
                WorkPhone = values[7].Text(),
                PersonalMobile = values[8].Text(),
                PersonalPhone = values[9].Text(),
                Departments = Departments(values[10]),
            };
    }

    private static int PlaceOf(JsonProperty property)
    {
        var name = JsonMarshal.GetRawUtf8PropertyName(property);
        if (name.Contains((byte)'\\'))
        {
            name = Encoding.UTF8.GetBytes(property.Name);
        }

        for (var place = 0; place < _names.Length; place++)
        {
            if (name.SequenceEqual(_names[place]))
            {
                return place;
            }
        }

        return -1;
    }

    private static bool IsActive(JsonElement? active) => active switch
    {
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Number } found => !found.TryGetDouble(out var number) || number != 0,
        { ValueKind: JsonValueKind.String } found => JsonText.Of(found).Trim().ToUpperInvariant() is not ("N" or "0" or "FALSE"),
        _ => true,
    };

    private static IReadOnlyList<long> Departments(JsonElement? departments)
    {
        if (departments is not { } found)
        {
            return [];
        }

        var candidates = found.Items() ?? [found];
        return [.. candidates.Select(static element => ((JsonElement?)element).Integer()).OfType<long>().Where(static id => id > 0)];
    }

    // The values of the fields, each at its place among them; null where the answer has none.
    [InlineArray(11)]
    private struct Values
    {
        private JsonElement? _first;
    }
}
