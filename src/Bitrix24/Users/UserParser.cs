using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    private const int EmailPlace = 6;
    private const int DepartmentsPlace = 10;

    private static readonly FieldNames _names = new(Fields);

    /// <summary>A user, or null when the element has no valid id.</summary>
    /// <exception cref="JsonException">A field is named twice.</exception>
    public static Bitrix24User? Read(JsonElement element)
    {
        var reader = new Utf8JsonReader(JsonMarshal.GetRawUtf8Value(element));
        reader.Read();
        return Read(ref reader);
    }

    /// <summary>A user, or null when what the reader is at has no valid id; leaves the reader at its last token.</summary>
    /// <exception cref="JsonException">A field is named twice, or it is no JSON.</exception>
    public static Bitrix24User? Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        long? id = null;
        var isActive = true;
        IReadOnlyList<long> departments = [];
        var texts = default(Texts);
        var fields = default(FieldSet);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place = _names.PlaceOf(ref reader);
            fields.Add(place);
            reader.Read();
            switch (place)
            {
                case -1:
                    reader.Skip();
                    break;
                case 0:
                    id = reader.ReadInteger();
                    break;
                case 1:
                    isActive = IsActive(ref reader);
                    break;
                case DepartmentsPlace:
                    departments = Departments(ref reader);
                    break;
                default:
                    texts[place] = reader.ReadText();
                    break;
            }
        }

        return id is not > 0 ? null : new Bitrix24User
        {
            Id = id.Value,
            IsActive = isActive,
            UserType = texts[2],
            Name = texts[3],
            LastName = texts[4],
            SecondName = texts[5],
            Email = texts[EmailPlace],
            HasEmailField = fields.Has(EmailPlace),
            WorkPhone = texts[7],
            PersonalMobile = texts[8],
            PersonalPhone = texts[9],
            Departments = departments,
        };
    }

    private static bool IsActive(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.False:
                return false;
            case JsonTokenType.Number:
                return !reader.TryGetDouble(out var number) || number != 0;
            case JsonTokenType.String:
                return JsonText.Of(ref reader).Trim().ToUpperInvariant() is not ("N" or "0" or "FALSE");
            default:
                reader.Skip();
                return true;
        }
    }

    private static List<long> Departments(ref Utf8JsonReader reader)
    {
        var departments = new List<long>(1);
        if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.StartObject))
        {
            Add(ref reader);
            return departments;
        }

        // PHP writes a list with gaps as a map.
        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                Add(ref reader);
            }
        }

        return departments;

        void Add(ref Utf8JsonReader reader)
        {
            if (reader.ReadInteger() is > 0 and var id)
            {
                departments.Add(id);
            }
        }
    }

    // The texts of the fields, each at its place among them; null where the answer has none.
    [InlineArray(11)]
    private struct Texts
    {
        private string? _first;
    }
}
