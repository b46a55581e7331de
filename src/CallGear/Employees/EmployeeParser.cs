using System.Text.Json;
using OrleansSync.CallGear.Responses;

namespace OrleansSync.CallGear.Employees;

/// <summary>Reads employees from the bytes of an answer, each member once; a wrong shape is a <see cref="ShapeException"/>.</summary>
internal static class EmployeeParser
{
    private static readonly FieldNames _names = new(EmployeeResponses.Fields);
    private static readonly FieldNames _numberNames = new("phone_id", "phone_number", "channels_count", "dial_time", "status");

    /// <summary>The employee that the reader is at; leaves the reader at its end.</summary>
    /// <exception cref="ShapeException">It is none.</exception>
    /// <exception cref="JsonException">A member is named twice, or it is no JSON.</exception>
    public static CallGearEmployee Read(ref Utf8JsonReader reader)
    {
        RequireObject(in reader);
        long? id = null;
        string? firstName = null, lastName = null, patronymic = null, email = null;
        IReadOnlyList<CallGearPhoneNumber> numbers = [];
        var fields = default(FieldSet);
        while (reader.Next(_names, ref fields) is { } place)
        {
            switch (place)
            {
                case 0:
                    id = reader.Integer("id");
                    break;
                case 1:
                    firstName = reader.Text("first_name");
                    break;
                case 2:
                    lastName = reader.Text("last_name");
                    break;
                case 3:
                    patronymic = reader.Text("patronymic");
                    break;
                case 4:
                    email = reader.Text("email");
                    break;
                case 5:
                    numbers = PhoneNumbers(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new CallGearEmployee
        {
            Id = id is > 0 ? id.Value : throw new ShapeException("it has no valid id"),
            FirstName = firstName,
            LastName = lastName,
            Patronymic = patronymic,
            Email = email,
            PhoneNumbers = numbers,
        };
    }

    private static List<CallGearPhoneNumber> PhoneNumbers(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new ShapeException("its phone_numbers is not a list");
        }

        var numbers = new List<CallGearPhoneNumber>(1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(PhoneNumber(ref reader));
        }

        return numbers;
    }

    private static CallGearPhoneNumber PhoneNumber(ref Utf8JsonReader reader)
    {
        RequireObject(in reader);
        long? id = null;
        string? number = null, status = null;
        int? channels = null, dialTime = null;
        var fields = default(FieldSet);
        while (reader.Next(_numberNames, ref fields) is { } place)
        {
            switch (place)
            {
                case 0:
                    id = reader.Integer("phone_id");
                    break;
                case 1:
                    number = reader.Text("phone_number");
                    break;
                case 2:
                    channels = Small(reader.Integer("channels_count"), "channels_count");
                    break;
                case 3:
                    dialTime = Small(reader.Integer("dial_time"), "dial_time");
                    break;
                case 4:
                    status = reader.Text("status");
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new CallGearPhoneNumber(id, number, channels, dialTime, status);
    }

    // The place of the next member among the names, with the reader at its value; null at the end of the object.
    private static int? Next(this ref Utf8JsonReader reader, FieldNames names, ref FieldSet fields)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
        {
            return null;
        }

        var place = names.PlaceOf(ref reader);
        fields.Add(place);
        reader.Read();
        return place;
    }

    private static void RequireObject(in Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ShapeException("one of its entries is not an object");
        }
    }

    private static int? Small(long? number, string name) => number switch
    {
        null => null,
        >= 0 and <= int.MaxValue and var value => (int)value,
        _ => throw new ShapeException($"its {name} is out of range"),
    };
}
