using System.Text.Json;
using OrleansSync.CallGear.Responses;

namespace OrleansSync.CallGear.Employees;

/// <summary>Reads the results of the employees' methods; a wrong shape is a <see cref="ShapeException"/>.</summary>
internal static class EmployeeResponses
{
    public static readonly string[] Fields = ["id", "first_name", "last_name", "patronymic", "email", "phone_numbers"];

    /// <summary>The employees of an answer.</summary>
    public static JsonLists<CallGearEmployee> Lists() => new(["result"], "data", EmployeeParser.Read);

    public static EmployeePage ReadPage(JsonElement result, JsonLists<CallGearEmployee> lists) =>
        result.Member("metadata"u8) is { ValueKind: JsonValueKind.Object } metadata
        && metadata.Integer("total_items"u8) is >= 0 and var total
            ? new EmployeePage(ReadList(lists), total)
            : throw new ShapeException("it does not tell the number of employees");

    public static IReadOnlyList<CallGearEmployee> ReadList(JsonLists<CallGearEmployee> lists) =>
        lists.Of("data") ?? throw new ShapeException("it has no list of employees");

    public static CallGearEmployee? ReadOne(JsonLists<CallGearEmployee> lists, long id)
    {
        var employees = ReadList(lists);
        return employees.Count > 1 || employees.Any(employee => employee.Id != id)
            ? throw new ShapeException($"it has other employees than employee {id}, who was asked for")
            : employees.SingleOrDefault();
    }

    public static long ReadNewId(JsonElement result) => result.Id("id"u8);
}
