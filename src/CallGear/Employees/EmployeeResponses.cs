using System.Text.Json;
using OrleansSync.CallGear.Responses;

namespace OrleansSync.CallGear.Employees;

/// <summary>Reads the results of the employees' methods; a wrong shape is a <see cref="ShapeException"/>.</summary>
internal static class EmployeeResponses
{
    public static readonly string[] Fields = ["id", "first_name", "last_name", "patronymic", "email", "phone_numbers"];

    public static EmployeePage ReadPage(JsonElement result) =>
        result.Member("metadata"u8) is { ValueKind: JsonValueKind.Object } metadata
        && metadata.Integer("total_items") is >= 0 and var total
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

    public static long ReadNewId(JsonElement result) => result.Id("id");

    private static CallGearEmployee ReadEmployee(JsonElement employee) => new()
    {
        Id = employee.Id("id"),
        FirstName = employee.Text("first_name"),
        LastName = employee.Text("last_name"),
        Patronymic = employee.Text("patronymic"),
        Email = employee.Text("email"),
        PhoneNumbers = [.. employee.List("phone_numbers").Select(ReadPhoneNumber)],
    };

    private static CallGearPhoneNumber ReadPhoneNumber(JsonElement number) => new(
        number.Integer("phone_id"),
        number.Text("phone_number"),
        Small(number, "channels_count"),
        Small(number, "dial_time"),
        number.Text("status"));

    private static int? Small(JsonElement number, string name) => number.Integer(name) switch
    {
        null => null,
        >= 0 and <= int.MaxValue and var value => (int)value,
        _ => throw new ShapeException($"its {name} is out of range"),
    };
}
