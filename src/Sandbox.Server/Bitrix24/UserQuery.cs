using System.Collections.Frozen;
using System.Text.Json.Nodes;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>The checked parameters of one <c>user.get</c> call.</summary>
/// <param name="Offset">Users to pass over; -1 when counting is switched off.</param>
/// <param name="SortField">Field to sort by.</param>
/// <param name="Descending">Whether the order is reversed.</param>
/// <param name="Select">Fields to answer; null: all.</param>
/// <param name="Filter">Conditions.</param>
internal sealed record UserQuery(int Offset, string SortField, bool Descending, FrozenSet<string>? Select, UserFilter Filter)
{
    /// <summary>Users on a page, which the vendor has fixed.</summary>
    public const int PageSize = 50;

    /// <summary>Reads the parameters.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="plainFiltersOnly">Whether keys of the filter that have a prefix are dropped.</param>
    /// <exception cref="RestException">One is unknown or has a wrong value.</exception>
    public static UserQuery Parse(JsonObject parameters, bool plainFiltersOnly = false)
    {
        RestParameters.RefuseOthers(parameters, "FILTER", "sort", "order", "select", "start", "ADMIN_MODE", "auth");
        var start = RestParameters.Number(RestParameters.Find(parameters, "start"), "start", 0);
        if (start < -1)
        {
            throw new RestException(RestError.Argument("Parameter start must be -1 or more"));
        }

        return new UserQuery(
            start < 0 ? -1 : start / PageSize * PageSize,
            SortOf(RestParameters.Find(parameters, "sort")),
            IsDescending(RestParameters.Find(parameters, "order")),
            SelectOf(RestParameters.Find(parameters, "select")),
            UserFilter.Parse(RestParameters.Map(RestParameters.Find(parameters, "FILTER"), "FILTER"), plainFiltersOnly));
    }

    /// <summary>The page of the users, which come by ascending id.</summary>
    public UserPage Run(BitrixUser[] users)
    {
        var first = Filter.IdAbove == 0 ? 0 : FirstAbove(users, Filter.IdAbove);
        if (SortField == "ID" && !Descending && (Filter.IsIdAboveOnly || Offset < 0))
        {
            var skip = Math.Max(Offset, 0);
            var page = Filter.IsIdAboveOnly
                ? users.AsSpan(Math.Min(first + skip, users.Length)..Math.Min(first + skip + PageSize, users.Length)).ToArray()
                : users.Skip(first).Where(Filter.Matches).Take(PageSize).ToArray();
            return Page(page, users.Length - first);
        }

        BitrixUser[] matching = [.. Sorted(users.Skip(first).Where(Filter.Matches))];
        return Page([.. matching.Skip(Math.Max(Offset, 0)).Take(PageSize)], matching.Length);
    }

    private UserPage Page(BitrixUser[] users, int total)
    {
        var next = Math.Max(Offset, 0) + users.Length;
        return Offset < 0
            ? new UserPage(users, Select, null, null)
            : new UserPage(users, Select, total, users.Length > 0 && next < total ? next : null);
    }

    private IEnumerable<BitrixUser> Sorted(IEnumerable<BitrixUser> users)
    {
        if (SortField == "ID")
        {
            return Descending ? users.Reverse() : users;
        }

        string Key(BitrixUser user) => user.TryGet(SortField, out var value) ? RestParameters.Text(value) ?? "" : "";
        return Descending
            ? users.OrderByDescending(Key, StringComparer.OrdinalIgnoreCase)
            : users.OrderBy(Key, StringComparer.OrdinalIgnoreCase);
    }

    private static int FirstAbove(BitrixUser[] users, int id)
    {
        var (low, high) = (0, users.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = users[middle].Id <= id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static string SortOf(JsonNode? sort)
    {
        if (sort is null)
        {
            return "ID";
        }

        var field = RestParameters.Text(sort)?.ToUpperInvariant() ?? "";
        return UserFields.Known.Contains(field) ? field : throw new RestException(RestError.Argument($"Cannot sort by {sort}"));
    }

    private static bool IsDescending(JsonNode? order) => order is null ? false : RestParameters.Text(order)?.ToUpperInvariant() switch
    {
        "ASC" => false,
        "DESC" => true,
        _ => throw new RestException(RestError.Argument("Parameter order must be ASC or DESC")),
    };

    private static FrozenSet<string>? SelectOf(JsonNode? select)
    {
        var names = RestParameters.List(select).Select(RestParameters.Text).OfType<string>().Where(UserFields.Known.Contains)
            .ToFrozenSet(StringComparer.Ordinal);
        return names.Count == 0 ? null : names;
    }
}
