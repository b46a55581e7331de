using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>One <c>batch</c>: up to 50 commands in order, each of which may use the answers of those before it.</summary>
internal sealed class Batch(RestCalls calls, TimeProvider time)
{
    private const int MaxCommands = 50;
    private readonly List<KeyValuePair<string, UserPage>> _results = [];
    private readonly List<KeyValuePair<string, RestError>> _errors = [];
    private readonly List<KeyValuePair<string, CallTime>> _times = [];

    /// <summary>Number of commands in a batch's parameters, for the log.</summary>
    public static int CountCommands(JsonObject parameters) => RestParameters.Find(parameters, "cmd") switch
    {
        JsonArray array => array.Count,
        JsonObject map => map.Count,
        _ => 0,
    };

    /// <summary>Runs the commands and answers what they gave.</summary>
    /// <param name="parameters">The batch's parameters.</param>
    /// <param name="answered">Commands that are answered at most; null: all.</param>
    /// <exception cref="RestException">The batch as a whole is refused.</exception>
    public VendorResponse Run(JsonObject parameters, int? answered)
    {
        RestParameters.RefuseOthers(parameters, "halt", "cmd", "auth");
        var start = time.GetUtcNow();
        var halts = HaltOf(RestParameters.Find(parameters, "halt"));
        var commands = CommandsOf(RestParameters.Find(parameters, "cmd"));
        if (commands.Count > MaxCommands)
        {
            throw new RestException(RestError.Of("ERROR_BATCH_LENGTH_EXCEEDED"));
        }

        var answers = new Dictionary<string, UserPage>(StringComparer.Ordinal);
        foreach (var (index, (key, command)) in commands.Take(answered ?? MaxCommands).Index())
        {
            try
            {
                var (page, callTime) = RunCommand(command, index + 1, answers);
                answers[key] = page;
                _results.Add(new(key, page));
                _times.Add(new(key, callTime));
            }
            catch (RestException refusal)
            {
                _errors.Add(new(key, refusal.Error));
                if (halts)
                {
                    break;
                }
            }
        }

        return Answer(start);
    }

    private (UserPage Page, CallTime Time) RunCommand(string command, int place, Dictionary<string, UserPage> answers)
    {
        var separator = command.IndexOf('?', StringComparison.Ordinal);
        var method = separator < 0 ? command : command[..separator];
        var query = PhpQuery.Parse(separator < 0 ? "" : command[(separator + 1)..]);
        return calls.Command(method, place, (JsonObject)BatchReferences.Resolve(query, answers)!);
    }

    private VendorResponse Answer(DateTimeOffset start) => VendorResponse.Json(200, null, writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartObject("result");
        PhpMap.Write(writer, "result", _results, (w, page) => page.Write(w));
        PhpMap.Write(writer, "result_error", _errors, WriteError);
        PhpMap.Write(writer, "result_total", [.. Numbers(p => p.Total)], (w, total) => w.WriteNumberValue(total));
        PhpMap.Write(writer, "result_next", [.. Numbers(p => p.Next)], (w, next) => w.WriteNumberValue(next));
        PhpMap.Write(writer, "result_time", _times, (w, callTime) => callTime.Write(w));
        writer.WriteEndObject();
        writer.WritePropertyName("time");
        var last = _times.LastOrDefault().Value;
        new CallTime(start, time.GetUtcNow(), last.Operating, last.OperatingResetAt).Write(writer);
        writer.WriteEndObject();
    });

    private IEnumerable<KeyValuePair<string, int>> Numbers(Func<UserPage, int?> number) =>
        from result in _results
        let value = number(result.Value)
        where value is not null
        select KeyValuePair.Create(result.Key, value.Value);

    private static void WriteError(Utf8JsonWriter writer, RestError error)
    {
        writer.WriteStartObject();
        writer.WriteString("error", error.Code);
        writer.WriteString("error_description", error.Description);
        writer.WriteEndObject();
    }

    private static bool HaltOf(JsonNode? halt) => halt is null ? false : RestParameters.Text(halt)?.ToUpperInvariant() switch
    {
        "0" or "FALSE" or "N" or "" => false,
        "1" or "TRUE" or "Y" => true,
        _ => throw new RestException(RestError.Argument("Parameter halt must be 0 or 1")),
    };

    private static List<KeyValuePair<string, string>> CommandsOf(JsonNode? cmd)
    {
        IEnumerable<KeyValuePair<string, JsonNode?>> entries = cmd switch
        {
            JsonArray array => array.Index().Select(e => KeyValuePair.Create(e.Index.ToString(CultureInfo.InvariantCulture), e.Item)),
            JsonObject map => map,
            _ => throw new RestException(RestError.Argument("Parameter cmd must be a map of commands")),
        };
        return [.. entries.Select(e => e.Value?.GetValueKind() == JsonValueKind.String
            ? KeyValuePair.Create(e.Key, e.Value.GetValue<string>())
            : throw new RestException(RestError.Argument($"Command {e.Key} must be a string")))];
    }
}
