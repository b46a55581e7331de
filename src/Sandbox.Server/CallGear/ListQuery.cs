using System.Text.Json;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>The checked parameters of a list method.</summary>
internal sealed record ListQuery<T>(
    int Limit, int Offset, IReadOnlyList<ListField<T>> Fields, Func<T, bool>? Filter,
    IReadOnlyList<(ListField<T> Field, bool Descending)> Sort)
{
    private const int DefaultLimit = 1000;
    private const int MaxLimit = 10_000;
    private const int MaxOffset = 100_000;

    /// <summary>Reads the parameters.</summary>
    /// <exception cref="RpcException">One is unknown or has a wrong value.</exception>
    public static ListQuery<T> Parse(JsonElement value, IReadOnlyList<ListField<T>> fields)
    {
        var parameters = new RpcParameters(value, "", "access_token", "user_id", "limit", "offset", "fields", "filter", "sort");
        return new ListQuery<T>(
            (int)parameters.Number("limit", DefaultLimit, 1, MaxLimit),
            (int)parameters.Number("offset", 0, 0, MaxOffset),
            parameters.Array("fields") is { Length: > 0 } names ? [.. names.Select(n => FieldOf(n, fields))] : fields,
            parameters.TryGet("filter", out var filter) && !IsEmpty(filter) ? ListFilter.Parse(filter, fields) : null,
            [.. (parameters.Array("sort") ?? []).Select(s => SortOf(s, fields))]);
    }

    /// <summary>The items of the page, and how many match altogether.</summary>
    public (IReadOnlyList<T> Items, int Total) Run(IReadOnlyList<T> items)
    {
        IReadOnlyList<T> matching = Filter is null ? items : [.. items.Where(Filter)];
        if (Sort.Count > 0)
        {
            matching = [.. Sorted(matching)];
        }

        return ([.. matching.Skip(Offset).Take(Limit)], matching.Count);
    }

    private IEnumerable<T> Sorted(IReadOnlyList<T> items)
    {
        var sorted = items.OrderBy(_ => 0);
        foreach (var (field, descending) in Sort)
        {
            sorted = descending
                ? sorted.ThenByDescending(field.Text!, StringComparer.Ordinal)
                : sorted.ThenBy(field.Text!, StringComparer.Ordinal);
        }

        return sorted;
    }

    private static bool IsEmpty(JsonElement filter) =>
        filter.ValueKind == JsonValueKind.Null || (filter.ValueKind == JsonValueKind.Object && !filter.EnumerateObject().Any());

    private static ListField<T> FieldOf(JsonElement name, IReadOnlyList<ListField<T>> fields)
    {
        if (name.ValueKind != JsonValueKind.String)
        {
            throw new RpcException("data_type_error", "fields must be an array of strings", "fields", name);
        }

        return fields.FirstOrDefault(f => f.Name == name.GetString())
            ?? throw new RpcException("invalid_parameter_value", $"Unknown field: {name.GetString()}", "fields", name);
    }

    private static (ListField<T> Field, bool Descending) SortOf(JsonElement value, IReadOnlyList<ListField<T>> fields)
    {
        var parameters = new RpcParameters(value, "sort", "field", "order");
        var name = parameters.RequiredText("field", 100);
        var field = fields.FirstOrDefault(f => f.Sortable && f.Name == name)
            ?? throw new RpcException("invalid_parameter_value", $"Cannot sort by {name}", "sort.field");
        return parameters.Text("order", 4, "asc") switch
        {
            "asc" => (field, false),
            "desc" => (field, true),
            _ => throw new RpcException("invalid_parameter_value", "order must be asc or desc", "sort.order"),
        };
    }
}
