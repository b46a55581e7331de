using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>
/// The <c>FILTER</c> of <c>user.get</c>: conditions that must all hold. A condition with an empty value holds for everybody.
/// </summary>
internal sealed class UserFilter
{
    private static readonly string[] _prefixes = ["!@", "!%", "!=", ">=", "<=", "@", "!", "%", "=", ">", "<"];
    private readonly ImmutableArray<Condition> _conditions;

    private UserFilter(ImmutableArray<Condition> conditions, int above, bool namesIds)
    {
        _conditions = conditions;
        IdAbove = above;
        NamesIds = namesIds;
    }

    private delegate bool Condition(BitrixUser user);

    /// <summary>Only users with an id above this one can match; 0 when the filter says nothing of the kind.</summary>
    public int IdAbove { get; }

    /// <summary>Whether <see cref="IdAbove"/> is all there is.</summary>
    public bool IsIdAboveOnly => _conditions.IsEmpty;

    /// <summary>Whether the ids of the users that are wanted are given one by one.</summary>
    public bool NamesIds { get; }

    /// <summary>Reads a filter.</summary>
    /// <param name="filter">The conditions.</param>
    /// <param name="plainOnly">Whether conditions with a prefix are dropped.</param>
    /// <exception cref="RestException">It names an unknown field, or a value has a wrong type.</exception>
    public static UserFilter Parse(JsonObject filter, bool plainOnly = false)
    {
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        var above = 0;
        var namesIds = false;
        foreach (var (key, value) in filter)
        {
            var prefix = _prefixes.FirstOrDefault(p => key.StartsWith(p, StringComparison.Ordinal)) ?? "";
            var field = key[prefix.Length..].ToUpperInvariant();
            if (!UserFields.Known.Contains(field))
            {
                throw new RestException(RestError.Argument($"Unknown field in FILTER: {key}"));
            }

            var values = RestParameters.List(value).Select(v => RestParameters.Text(v) ?? "").Where(v => v.Length > 0).ToArray();
            if (values.Length == 0 || (plainOnly && prefix.Length > 0))
            {
                continue;
            }

            if (field == "ID" && prefix == ">")
            {
                above = Math.Max(above, IdOf(values[0]));
                continue;
            }

            namesIds |= field == "ID" && prefix is "" or "=" or "@";
            conditions.Add(field == "ID" ? OnId(prefix, [.. values.Select(IdOf)]) : OnField(prefix, field, values));
        }

        return new UserFilter(conditions.ToImmutable(), above, namesIds);
    }

    public bool Matches(BitrixUser user) => user.Id > IdAbove && _conditions.All(c => c(user));

    private static int IdOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw new RestException(RestError.Argument($"ID in FILTER must be a number: {text}"));

    private static Condition OnId(string prefix, int[] values)
    {
        var set = values.ToHashSet();
        return prefix switch
        {
            ">=" => u => u.Id >= values[0],
            "<" => u => u.Id < values[0],
            "<=" => u => u.Id <= values[0],
            "!" or "!=" or "!@" => u => !set.Contains(u.Id),
            "%" or "!%" => throw new RestException(RestError.Argument("ID cannot be filtered by %")),
            _ => u => set.Contains(u.Id),
        };
    }

    private static Condition OnField(string prefix, string field, string[] values) => prefix switch
    {
        "" or "=" or "@" => u => Values(u, field).Any(v => values.Any(w => Same(field, v, w))),
        "!" or "!=" or "!@" => u => !Values(u, field).Any(v => values.Any(w => Same(field, v, w))),
        "%" => u => Values(u, field).Any(v => v.Contains(values[0], StringComparison.OrdinalIgnoreCase)),
        "!%" => u => !Values(u, field).Any(v => v.Contains(values[0], StringComparison.OrdinalIgnoreCase)),
        ">" => u => Values(u, field).Any(v => Compare(v, values[0]) > 0),
        ">=" => u => Values(u, field).Any(v => Compare(v, values[0]) >= 0),
        "<" => u => Values(u, field).Any(v => Compare(v, values[0]) < 0),
        _ => u => Values(u, field).Any(v => Compare(v, values[0]) <= 0),
    };

    private static IEnumerable<string> Values(BitrixUser user, string field) =>
        user.TryGet(field, out var node) ? RestParameters.List(node).Select(v => RestParameters.Text(v) ?? "") : [];

    private static bool Same(string field, string value, string wanted) => field == "ACTIVE"
        ? IsYes(value) == IsYes(wanted)
        : value.Equals(wanted, StringComparison.OrdinalIgnoreCase);

    private static bool IsYes(string value) => value.ToUpperInvariant() is "1" or "Y" or "TRUE";

    private static int Compare(string left, string right) => string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
}
