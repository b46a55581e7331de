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

    private static readonly MemberNames _names = new(Fields);

    /// <summary>A user, or null when the element has no valid id.</summary>
    /// <exception cref="JsonException">A field is named twice.</exception>
    public static Bitrix24User? Read(JsonElement element)
    {
        var reader = element.Reader();
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
        string? type = null, firstName = null, lastName = null, secondName = null;
        string? email = null, workPhone = null, personalMobile = null, personalPhone = null;
        var (isActive, hasEmailField) = (true, false);
        IReadOnlyList<long> departments = [];
        var members = new JsonMembers(_names);
        while (members.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "ID":
                    id = reader.ReadInteger();
                    break;
                case "ACTIVE":
                    isActive = IsActive(ref reader);
                    break;
                case "USER_TYPE":
                    type = reader.ReadText();
                    break;
                case "NAME":
                    firstName = reader.ReadText();
                    break;
                case "LAST_NAME":
                    lastName = reader.ReadText();
                    break;
                case "SECOND_NAME":
                    secondName = reader.ReadText();
                    break;
                case "EMAIL":
                    (hasEmailField, email) = (true, reader.ReadText());
                    break;
                case "WORK_PHONE":
                    workPhone = reader.ReadText();
                    break;
                case "PERSONAL_MOBILE":
                    personalMobile = reader.ReadText();
                    break;
                case "PERSONAL_PHONE":
                    personalPhone = reader.ReadText();
                    break;
                case "UF_DEPARTMENT":
                    departments = Departments(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return id is not > 0 ? null : new Bitrix24User
        {
            Id = id.Value,
            IsActive = isActive,
            UserType = type,
            Name = firstName,
            LastName = lastName,
            SecondName = secondName,
            Email = email,
            HasEmailField = hasEmailField,
            WorkPhone = workPhone,
            PersonalMobile = personalMobile,
            PersonalPhone = personalPhone,
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
}
