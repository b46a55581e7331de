using System.Text;
using System.Text.Json;
using OrleansSync.CallGear.Responses;

namespace OrleansSync.CallGear.Employees;

/// <summary>Reads the results of the employees' methods; a wrong shape is a <see cref="ShapeException"/>.</summary>
internal static class EmployeeResponses
{
    public static readonly string[] Fields = ["id", "first_name", "last_name", "patronymic", "email", "phone_numbers"];

    public static EmployeePage ReadPage(JsonElement result) =>
        result.Member("metadata"u8) is { ValueKind: JsonValueKind.Object } metadata
        && metadata.Integer("total_items"u8) is >= 0 and var total
            ? new EmployeePage(ReadList(result), total)
            : throw new ShapeException("it does not tell the number of employees");

    public static List<CallGearEmployee> ReadList(JsonElement result) =>
        result.Member("data"u8) is { ValueKind: JsonValueKind.Array } data
            ? [.. data.EnumerateArray().Select(ReadEmployee)]
            : throw new ShapeException("it has no list of employees");

    public static CallGearEmployee? ReadOne(JsonElement result, long id)
    {
        var employees = ReadList(result);
        return employees.Count > 1 || employees.Exists(employee => employee.Id != id)
            ? throw new ShapeException($"it has other employees than employee {id}, who was asked for")
            : employees.SingleOrDefault();
    }

    public static long ReadNewId(JsonElement result) => result.Id("id"u8);

    private static CallGearEmployee ReadEmployee(JsonElement employee) => new()
    {
        Id = employee.Id("id"u8),
        FirstName = employee.Text("first_name"u8),
        LastName = employee.Text("last_name"u8),
        Patronymic = employee.Text("patronymic"u8),
        Email = employee.Text("email"u8),
        PhoneNumbers = [.. employee.List("phone_numbers"u8).Select(ReadPhoneNumber)],
    };

    private static CallGearPhoneNumber ReadPhoneNumber(JsonElement number) => new(
        number.Integer("phone_id"u8),
        number.Text("phone_number"u8),
        Small(number, "channels_count"u8),
        Small(number, "dial_time"u8),
        number.Text("status"u8));

    private static int? Small(JsonElement number, ReadOnlySpan<byte> name) => number.Integer(name) switch
    {
        null => null,
        >= 0 and <= int.MaxValue and var value => (int)value,
        _ => throw new ShapeException($"its {Encoding.UTF8.GetString(name)} is out of range"),
    };
}
