using System.Text.Json;
using OrleansSync.CallGear.Responses;

namespace OrleansSync.CallGear.Employees;

/// <summary>Reads employees from the bytes of an answer, each member once; a wrong shape is a <see cref="ShapeException"/>.</summary>
internal static class EmployeeParser
{
    private static readonly MemberNames _names = new(EmployeeResponses.Fields);
    private static readonly MemberNames _numberNames = new("phone_id", "phone_number", "channels_count", "dial_time", "status");

    /// <summary>The employee that the reader is at; leaves the reader at its end.</summary>
    /// <exception cref="ShapeException">It is none.</exception>
    /// <exception cref="JsonException">A member is named twice, or it is no JSON.</exception>
    public static CallGearEmployee Read(ref Utf8JsonReader reader)
    {
        RequireObject(in reader);
        long? id = null;
        string? firstName = null, lastName = null, patronymic = null, email = null;
        IReadOnlyList<CallGearPhoneNumber> numbers = [];
        var members = new JsonMembers(_names);
        while (members.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "id":
                    id = reader.Integer(name);
                    break;
                case "first_name":
                    firstName = reader.Text(name);
                    break;
                case "last_name":
                    lastName = reader.Text(name);
                    break;
                case "patronymic":
                    patronymic = reader.Text(name);
                    break;
                case "email":
                    email = reader.Text(name);
                    break;
                case "phone_numbers":
                    numbers = PhoneNumbers(ref reader, name);
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

    private static List<CallGearPhoneNumber> PhoneNumbers(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return [];
        }

        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new ShapeException($"its {name} is not a list");
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
        var members = new JsonMembers(_numberNames);
        while (members.Next(ref reader, out var name))
        {
            switch (name)
            {
                case "phone_id":
                    id = reader.Integer(name);
                    break;
                case "phone_number":
                    number = reader.Text(name);
                    break;
                case "channels_count":
                    channels = Small(ref reader, name);
                    break;
                case "dial_time":
                    dialTime = Small(ref reader, name);
                    break;
                case "status":
                    status = reader.Text(name);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new CallGearPhoneNumber(id, number, channels, dialTime, status);
    }

    private static void RequireObject(in Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new ShapeException("one of its entries is not an object");
        }
    }

    private static int? Small(ref Utf8JsonReader reader, string name) => reader.Integer(name) switch
    {
        null => null,
        >= 0 and <= int.MaxValue and var value => (int)value,
        _ => throw new ShapeException($"its {name} is out of range"),
    };
}
