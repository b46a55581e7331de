using System.Globalization;
using System.Text.Json;
using OrleansSync.Bitrix24.Responses;

namespace OrleansSync.Bitrix24.Users;

/// <summary>Writes and reads a batch of chained pages, each starting after the last user of the one before.</summary>
internal static class UserBatch
{
    /// <summary>Users in a page of <c>user.get</c>; the vendor lets nobody change it.</summary>
    public const int PageSize = 50;

    private static readonly string _select = string.Concat(UserParser.Fields.Select(static field => "&" + Pair("select[]", field)));

    /// <summary>The commands by name, in their order.</summary>
    public static IEnumerable<(string Name, string Command)> Commands(long afterId, int pages)
    {
        var after = afterId.ToString(CultureInfo.InvariantCulture);
        for (var page = 0; page < pages; page++)
        {
            // Counting is switched off by start=-1: it costs the portal more than the page itself.
            yield return (Name(page), $"user.get?start=-1&sort=ID&order=ASC&{Pair("FILTER[>ID]", after)}{_select}");
            after = $"$result[{Name(page)}][{PageSize - 1}][ID]";
        }
    }

    /// <summary>
    /// Reads the pages up to the first short one. Those after it were asked to start after a user that does not exist, so whatever they
    /// answered, users or errors, says nothing.
    /// </summary>
    public static VendorResult<Bitrix24UserBatch, Bitrix24Timing> Read(JsonElement root, ResponseScope outer, int pages)
    {
        var batch = root.Member("result"u8);
        if (batch is not { ValueKind: JsonValueKind.Object } answers)
        {
            return outer.Invalid<Bitrix24UserBatch>("the batch has no result");
        }

        var results = answers.Member("result"u8);
        var errors = answers.Member("result_error"u8);
        var scope = outer with { Timing = HighestTiming(answers.Member("result_time"u8), outer.Timing) };
        var users = new List<Bitrix24User>();
        for (var page = 0; page < pages; page++)
        {
            if (errors.Entry(Name(page), page) is { ValueKind: not JsonValueKind.Null } error)
            {
                return CommandFailed(error, page, answers, scope);
            }

            if (results.Entry(Name(page), page)?.Items() is not { } items)
            {
                return scope.Invalid<Bitrix24UserBatch>($"page {page + 1} of the batch is missing");
            }

            var before = users.Count;
            foreach (var item in items)
            {
                if (UserParser.Read(item) is not { } user)
                {
                    return scope.Invalid<Bitrix24UserBatch>($"page {page + 1} of the batch has a user without a valid id");
                }

                users.Add(user);
            }

            if (users.Count - before > PageSize)
            {
                return scope.Invalid<Bitrix24UserBatch>($"page {page + 1} of the batch has more than {PageSize} users");
            }

            if (users.Count - before < PageSize)
            {
                return VendorResult.Success(new Bitrix24UserBatch(users, IsLast: true), scope.Timing);
            }
        }

        return VendorResult.Success(new Bitrix24UserBatch(users, IsLast: false), scope.Timing);
    }

    private static VendorResult<Bitrix24UserBatch, Bitrix24Timing> CommandFailed(
        JsonElement error, int page, JsonElement answers, ResponseScope scope)
    {
        var own = TimingParser.Read(answers.Member("result_time"u8).Entry(Name(page), page));
        var failed = (scope with { Timing = own?.OperatingResetAt is null ? scope.Timing : own })
            .Fail<Bitrix24UserBatch>(ErrorBody.Of(error));
        return VendorResult.Failure<Bitrix24UserBatch, Bitrix24Timing>(failed.Error!, scope.Timing);
    }

    private static Bitrix24Timing? HighestTiming(JsonElement? times, Bitrix24Timing? whole) =>
        (times?.Items() ?? []).Select(static time => TimingParser.Read(time)).Aggregate(whole, TimingParser.Highest);

    private static string Name(int page) => "p" + page.ToString(CultureInfo.InvariantCulture);

    private static string Pair(string key, string value) => Uri.EscapeDataString(key) + "=" + Uri.EscapeDataString(value);
}
