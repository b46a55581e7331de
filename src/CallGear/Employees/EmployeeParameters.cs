using System.Text.Json;
using OrleansSync.CallGear.Transport;

namespace OrleansSync.CallGear.Employees;

/// <summary>Writes the parameters of the employees' methods: documented ones only, as the vendor refuses all others.</summary>
internal static class EmployeeParameters
{
    public static void WriteNew(Utf8JsonWriter parameters, CallGearEmployee employee)
    {
        parameters.WriteString("last_name"u8, employee.LastName);
        parameters.WriteOptional("first_name", employee.FirstName);
        parameters.WriteOptional("patronymic", employee.Patronymic);
        parameters.WriteOptional("email", employee.Email);
        if (employee.PhoneNumbers.Count > 0)
        {
            WritePhoneNumbers(parameters, employee.PhoneNumbers);
        }
    }

    public static void WriteUpdate(Utf8JsonWriter parameters, CallGearEmployee employee)
    {
        parameters.WriteNumber("id"u8, employee.Id);
        parameters.WriteString("last_name"u8, employee.LastName);
        if (!employee.LeavesNumbers)
        {
            WritePhoneNumbers(parameters, employee.PhoneNumbers);
        }
    }

    public static void WriteEmailFilter(Utf8JsonWriter parameters, IReadOnlyList<string> spellings, EmailSearch search)
    {
        if (search == EmailSearch.AnySpelling)
        {
            parameters.WritePropertyName("filter"u8);
            WriteCondition(parameters, "regexp", EmailPattern.For(spellings));
            return;
        }

        parameters.WriteStartObject("filter"u8);
        parameters.WriteStartArray("filters"u8);
        foreach (var address in spellings)
        {
            WriteCondition(parameters, "=", address);
            WriteCondition(parameters, "=", address.ToLowerInvariant());
        }

        parameters.WriteEndArray();
        parameters.WriteString("condition"u8, "or"u8);
        parameters.WriteEndObject();
    }

    public static void WriteRangeFilter(Utf8JsonWriter parameters, EmployeeIdRange range)
    {
        parameters.WriteStartObject("filter"u8);
        parameters.WriteStartArray("filters"u8);
        WriteBound(parameters, ">", range.After);
        WriteBound(parameters, "<=", range.UpTo);
        parameters.WriteEndArray();
        parameters.WriteString("condition"u8, "and"u8);
        parameters.WriteEndObject();
    }

    private static void WriteBound(Utf8JsonWriter parameters, string comparison, long? bound)
    {
        if (bound is { } id)
        {
            parameters.WriteStartObject();
            parameters.WriteString("field"u8, "id"u8);
            parameters.WriteString("operator"u8, comparison);
            parameters.WriteNumber("value"u8, id);
            parameters.WriteEndObject();
        }
    }

    private static void WriteCondition(Utf8JsonWriter parameters, string comparison, string value)
    {
        parameters.WriteStartObject();
        parameters.WriteString("field"u8, "email"u8);
        parameters.WriteString("operator"u8, comparison);
        parameters.WriteString("value"u8, value);
        parameters.WriteEndObject();
    }

    private static void WritePhoneNumbers(Utf8JsonWriter parameters, IReadOnlyList<CallGearPhoneNumber> numbers)
    {
        parameters.WriteStartArray("phone_numbers"u8);
        foreach (var number in numbers)
        {
            parameters.WriteStartObject();
            parameters.WriteOptional("phone_id", number.PhoneId);
            parameters.WriteOptional("phone_number", number.PhoneNumber);
            parameters.WriteOptional("channels_count", number.ChannelsCount);
            parameters.WriteOptional("dial_time", number.DialTime);
            parameters.WriteOptional("status", number.Status);
            parameters.WriteEndObject();
        }

        parameters.WriteEndArray();
    }
}
