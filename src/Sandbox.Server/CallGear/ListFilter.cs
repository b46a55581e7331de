using System.Text.Json;
using System.Text.RegularExpressions;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>Reads the vendor's filters: single conditions, and trees of them joined by <c>and</c> or <c>or</c>.</summary>
internal static class ListFilter
{
    private const int MaxDepth = 8;

    /// <summary>Makes a predicate of a filter.</summary>
    /// <exception cref="RpcException">The filter has an unknown field or operator, or a wrong form.</exception>
    public static Func<T, bool> Parse<T>(JsonElement filter, IReadOnlyList<ListField<T>> fields, int depth = 0)
    {
        if (filter.ValueKind != JsonValueKind.Object)
        {
            throw new RpcException("data_type_error", "filter must be an object", "filter", filter);
        }

        if (depth > MaxDepth)
        {
            throw new RpcException("invalid_parameter_value", "filter is nested too deeply", "filter");
        }

        if (filter.TryGetProperty("filters", out _) && filter.TryGetProperty("field", out _))
        {
            throw new RpcException("invalid_parameters_combination", "A filter has either field or filters", "filter");
        }

        return filter.TryGetProperty("filters", out _) ? ParseTree(filter, fields, depth) : ParseCondition(filter, fields);
    }

    private static Func<T, bool> ParseTree<T>(JsonElement filter, IReadOnlyList<ListField<T>> fields, int depth)
    {
        var parameters = new RpcParameters(filter, "filter", "filters", "condition");
        var children = parameters.Array("filters")!.Select(f => Parse(f, fields, depth + 1)).ToArray();
        return parameters.RequiredText("condition", 3) switch
        {
            "and" => item => Array.TrueForAll(children, c => c(item)),
            "or" => item => Array.Exists(children, c => c(item)),
            var other => throw new RpcException("invalid_parameter_value", $"condition must be and or or, not {other}", "filter.condition"),
        };
    }

    private static Func<T, bool> ParseCondition<T>(JsonElement filter, IReadOnlyList<ListField<T>> fields)
    {
        var parameters = new RpcParameters(filter, "filter", "field", "operator", "value");
        var name = parameters.RequiredText("field", 100);
        var operation = parameters.RequiredText("operator", 20);
        if (!parameters.TryGet("value", out var value))
        {
            throw new RpcException("required_parameter_missed", "A filter needs value", "filter.value");
        }

        var field = fields.FirstOrDefault(f => f.Name == name && (f.Text is not null || f.Number is not null))
            ?? throw new RpcException("invalid_parameter_value", $"Cannot filter by {name}", "filter.field");
        return field.Number is { } number ? OnNumber(number, operation, value) : OnText(field.Text!, operation, value);
    }

    private static Func<T, bool> OnNumber<T>(Func<T, long> get, string operation, JsonElement value)
    {
        if (operation is "in" or "not in")
        {
            var set = Members(value).Select(NumberOf).ToHashSet();
            return operation == "in" ? item => set.Contains(get(item)) : item => !set.Contains(get(item));
        }

        var wanted = NumberOf(value);
        return operation switch
        {
            "=" => item => get(item) == wanted,
            "!=" => item => get(item) != wanted,
            "<" => item => get(item) < wanted,
            ">" => item => get(item) > wanted,
            "<=" => item => get(item) <= wanted,
            ">=" => item => get(item) >= wanted,
            _ => throw UnknownOperator(operation),
        };
    }

    private static Func<T, bool> OnText<T>(Func<T, string?> get, string operation, JsonElement value)
    {
        if (operation is "in" or "not in")
        {
            var set = Members(value).Select(TextOf).ToHashSet(StringComparer.Ordinal);
            return operation == "in" ? item => set.Contains(get(item)) : item => !set.Contains(get(item));
        }

        var wanted = TextOf(value);
        return operation switch
        {
            "=" => item => get(item) == wanted,
            "!=" => item => get(item) != wanted,
            "<" => item => string.CompareOrdinal(get(item), wanted) < 0,
            ">" => item => string.CompareOrdinal(get(item), wanted) > 0,
            "<=" => item => string.CompareOrdinal(get(item), wanted) <= 0,
            ">=" => item => string.CompareOrdinal(get(item), wanted) >= 0,
            "like" => Matching(get, LikePattern(wanted ?? "")),
            "regexp" => Matching(get, wanted ?? ""),
            _ => throw UnknownOperator(operation),
        };
    }

    private static Func<T, bool> Matching<T>(Func<T, string?> get, string pattern)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline);
            return item => get(item) is { } text && regex.IsMatch(text);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new RpcException("invalid_parameter_value", $"Not a regular expression: {pattern}", "filter.value");
        }
    }

    private static string LikePattern(string like) =>
        $"^{Regex.Escape(like).Replace("%", ".*", StringComparison.Ordinal).Replace("_", ".", StringComparison.Ordinal)}$";

    private static JsonElement[] Members(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? [.. value.EnumerateArray()]
        : throw new RpcException("data_type_error", "The operator in needs an array", "filter.value", value);

    private static long NumberOf(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number)
        ? number
        : throw new RpcException("data_type_error", "The value of this filter must be a whole number", "filter.value", value);

    private static string? TextOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Null => null,
        _ => throw new RpcException("data_type_error", "The value of this filter must be a string", "filter.value", value),
    };

    private static RpcException UnknownOperator(string operation) =>
        new("invalid_parameter_value", $"Unknown operator: {operation}", "filter.operator");
}
