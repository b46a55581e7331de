using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansSync.Bitrix24.Users;
using OrleansSync.Grains.Import;

namespace OrleansSync.Micro.Data;

/// <summary>Answers of both vendors, as their documentation shows them.</summary>
internal static class VendorAnswers
{
    /// <summary>Stands for the id of a request in an answer, and is as long.</summary>
    public const string RequestId = "00000000000000000000000000000000";

    // Bitrix24 escapes what is not ASCII, as PHP does; CallGear does not.
    private static readonly JsonSerializerOptions _inLetters = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The answer to a batch of Bitrix24, each command with a full page.</summary>
    /// <param name="pages">How many commands.</param>
    public static byte[] Batch(int pages)
    {
        var people = Person.Many(pages * Bitrix24UserPage.Size).Chunk(Bitrix24UserPage.Size).ToList();
        return JsonSerializer.SerializeToUtf8Bytes(new JsonObject
        {
            ["result"] = new JsonObject
            {
                ["result"] = ByCommand(people, page => new JsonArray([.. page.Select(User)])),
                ["result_error"] = new JsonArray(),
                ["result_total"] = new JsonArray(),
                ["result_next"] = new JsonArray(),
                ["result_time"] = ByCommand(people, _ => Time()),
            },
            ["time"] = Time(),
        });
    }

    /// <summary>A page of CallGear's employees, for the request <see cref="RequestId"/>.</summary>
    /// <param name="employees">How many employees.</param>
    public static byte[] Employees(int employees)
    {
        var limits = new JsonObject
        {
            ["day_limit"] = 10_000,
            ["day_remaining"] = 9_000,
            ["day_reset"] = 3_600,
            ["minute_limit"] = 600,
            ["minute_remaining"] = 599,
            ["minute_reset"] = 30,
        };
        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = RequestId,
                ["result"] = new JsonObject
                {
                    ["data"] = new JsonArray([.. Person.Many(employees).Select(Employee)]),
                    ["metadata"] = new JsonObject { ["total_items"] = employees, ["limits"] = limits },
                },
            },
            _inLetters);
    }

    private static JsonObject ByCommand(List<Person[]> pages, Func<Person[], JsonNode> value) =>
        new(pages.Select((page, index) =>
            KeyValuePair.Create<string, JsonNode?>(string.Create(CultureInfo.InvariantCulture, $"p{index}"), value(page))));

    private static JsonObject User(Person person) => new()
    {
        ["ID"] = person.Number.ToString(CultureInfo.InvariantCulture),
        ["ACTIVE"] = true,
        ["NAME"] = person.FirstName,
        ["LAST_NAME"] = person.LastName,
        ["SECOND_NAME"] = person.Patronymic ?? "",
        ["EMAIL"] = person.Email,
        ["WORK_PHONE"] = person.WorkPhone ?? "",
        ["PERSONAL_MOBILE"] = person.Mobile ?? "",
        ["PERSONAL_PHONE"] = "",
        ["UF_DEPARTMENT"] = new JsonArray(1 + (person.Number % 12)),
        ["USER_TYPE"] = "employee",
    };

    private static JsonObject Employee(Person person) => new()
    {
        ["id"] = 900_000 + person.Number,
        ["first_name"] = person.FirstName,
        ["last_name"] = LastNameMark.Apply(person.LastName),
        ["patronymic"] = person.Patronymic,
        ["email"] = person.Email.Trim(),
        ["phone_numbers"] = new JsonArray([.. NumbersOf(person)]),
    };

    private static IEnumerable<JsonObject> NumbersOf(Person person) =>
        PhoneField.Numbers(person.WorkPhone ?? person.Mobile).Take(1).Select(number => new JsonObject
        {
            ["phone_id"] = 70_000 + person.Number,
            ["phone_number"] = number,
            ["channels_count"] = 1,
            ["dial_time"] = 30,
            ["status"] = "active",
        });

    private static JsonObject Time() => new()
    {
        ["start"] = 1_772_440_200.123,
        ["finish"] = 1_772_440_200.456,
        ["duration"] = 0.333,
        ["processing"] = 0.321,
        ["date_start"] = "2026-03-02T08:30:00+00:00",
        ["date_finish"] = "2026-03-02T08:30:00+00:00",
        ["operating_reset_at"] = 1_772_440_800,
        ["operating"] = 1.25,
    };
}
