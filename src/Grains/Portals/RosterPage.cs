using System.Collections.Immutable;
using System.Globalization;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Portals;

/// <summary>The known users of an account as lists show them.</summary>
internal static class RosterPage
{
    private const int NoReason = -1;

    /// <summary>A page of the users that a query wants, by rising id.</summary>
    public static Page<EmployeeRow> Of(ImmutableSortedDictionary<long, UserRow> users, IReadOnlySet<long> responsible, EmployeeQuery query)
    {
        var after = long.TryParse(query.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor) ? cursor : long.MinValue;
        var rows = users.Values
            .Where(entry => entry.UserId > after && (query.Outcome is null || entry.Outcome == query.Outcome) && Matches(entry, query.Query))
            .Take(query.Limit + 1)
            .ToArray();
        var hasMore = rows.Length > query.Limit;
        var shown = rows.Take(query.Limit).Select(entry => RowOf(entry, responsible)).ToImmutableArray();
        return new Page<EmployeeRow>(shown, hasMore ? shown[^1].BitrixUserId.ToString(CultureInfo.InvariantCulture) : null);
    }

    /// <summary>A stretch of the users that match, by rising id.</summary>
    public static EmployeeWindow Of(ImmutableSortedDictionary<long, UserRow> users, IReadOnlySet<long> responsible, EmployeeStretch stretch)
    {
        var rows = ImmutableArray.CreateBuilder<EmployeeRow>();
        var tallies = new SortedDictionary<(EmployeeOutcome Outcome, int Reason), int>();
        var matching = 0;
        foreach (var entry in users.Values)
        {
            var kind = (entry.Outcome.GetValueOrDefault(), entry.Reason is { } reason ? (int)reason.Code : NoReason);
            tallies[kind] = tallies.GetValueOrDefault(kind) + 1;
            if (!Matches(entry, stretch) || (stretch.TakenOut && (!entry.IsImported || responsible.Contains(entry.UserId))))
            {
                continue;
            }

            if (matching >= stretch.Skip && rows.Count < stretch.Take)
            {
                rows.Add(RowOf(entry, responsible));
            }

            matching++;
        }

        return new EmployeeWindow(
            rows.ToImmutable(),
            matching,
            [.. tallies.Select(tally => new EmployeeTally(tally.Key.Outcome, tally.Key.Reason == NoReason ? null : (ProblemCode)tally.Key.Reason, tally.Value))]);
    }

    /// <summary>One user as lists show it.</summary>
    public static EmployeeRow RowOf(UserRow entry, IReadOnlySet<long> responsible) => new()
    {
        BitrixUserId = entry.UserId,
        Name = entry.Name,
        Email = entry.Email,
        Outcome = entry.Outcome.GetValueOrDefault(),
        Reason = entry.Reason,
        CallGearEmployeeId = entry.Link?.EmployeeId,
        LinkedBy = entry.Link?.Origin,
        LinkedAt = entry.Link?.LinkedAt,
        Responsible = responsible.Contains(entry.UserId),
    };

    private static bool Matches(UserRow entry, EmployeeStretch stretch) =>
        (stretch.Outcome is null || entry.Outcome == stretch.Outcome)
        && (stretch.Reason is null || entry.Reason?.Code == stretch.Reason)
        && Matches(entry, stretch.Query);

    private static bool Matches(UserRow entry, string? query) =>
        string.IsNullOrWhiteSpace(query)
        || entry.Name.Contains(query.Trim(), StringComparison.OrdinalIgnoreCase)
        || (entry.Email?.Contains(query.Trim(), StringComparison.OrdinalIgnoreCase) ?? false)
        || entry.UserId.ToString(CultureInfo.InvariantCulture) == query.Trim();
}
