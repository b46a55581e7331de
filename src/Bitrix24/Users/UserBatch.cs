using System.Globalization;
using System.Text.Json;
using OrleansSync.Bitrix24.Responses;

namespace OrleansSync.Bitrix24.Users;

/// <summary>Writes and reads a batch of pages that follow each other.</summary>
internal static class UserBatch
{
    private static readonly string _select = string.Concat(UserParser.Fields.Select(static field => "&" + Pair("select[]", field)));

    /// <summary>The commands by name, in their order.</summary>
    public static IEnumerable<(string Name, string Command)> Commands(UserPosition position, int pages) =>
        position.Start is { } start ? Numbered(start, pages) : Chained(position.Id ?? 0, pages);

    /// <summary>The pages of an answer, each a list by the name of its command.</summary>
    public static JsonLists<Bitrix24User?> Lists() => new(["result", "result"], name: null, UserParser.Read);

    /// <summary>
    /// Reads the pages up to the first short or refused one. Those after it were asked to start after a user that does not exist, so
    /// whatever they answered, users or errors, says nothing. Pages before a refused one are good, unless a person must act.
    /// </summary>
    public static VendorResult<Bitrix24UserBatch, Bitrix24Timing> Read(
        JsonElement root, ResponseScope outer, int pages, JsonLists<Bitrix24User?> lists)
    {
        if (root.Member("result"u8) is not { ValueKind: JsonValueKind.Object } answers)
        {
            return outer.Invalid<Bitrix24UserBatch>("the batch has no result");
        }

        var scope = outer with { Timing = HighestTiming(answers.Member("result_time"u8), outer.Timing) };
        var read = new List<Bitrix24UserPage>();
        for (var page = 0; page < pages && read is not [.., { IsShort: true }]; page++)
        {
            var result = ReadPage(answers, page, scope, lists.Of(Name(page)));
            if (result.IsSuccess)
            {
                read.Add(result.Value);
                continue;
            }

            return read.Count == 0 || NeedsPerson(result.Error.Kind)
                ? VendorResult.Failure<Bitrix24UserBatch, Bitrix24Timing>(result.Error, scope.Timing)
                : VendorResult.Success(new Bitrix24UserBatch(read, result.Error), scope.Timing);
        }

        return VendorResult.Success(new Bitrix24UserBatch(read), scope.Timing);
    }

    private static IEnumerable<(string Name, string Command)> Chained(long afterId, int pages)
    {
        var after = afterId.ToString(CultureInfo.InvariantCulture);
        for (var page = 0; page < pages; page++)
        {
            // Counting is switched off by start=-1: it costs the portal more than the page itself.
            yield return (Name(page), $"user.get?start=-1&sort=ID&order=ASC&{Pair("FILTER[>ID]", after)}{_select}");
            after = $"$result[{Name(page)}][{Bitrix24UserPage.Size - 1}][ID]";
        }
    }

    private static IEnumerable<(string Name, string Command)> Numbered(long start, int pages) =>
        Enumerable.Range(0, pages).Select(page => (
            Name(page),
            string.Create(
                CultureInfo.InvariantCulture, $"user.get?start={start + (page * Bitrix24UserPage.Size)}&sort=ID&order=ASC{_select}")));

    private static VendorResult<Bitrix24UserPage, Bitrix24Timing> ReadPage(
        JsonElement answers, int page, ResponseScope scope, IReadOnlyList<Bitrix24User?>? list)
    {
        var result = answers.Member("result"u8).Entry(Name(page), page);
        if (ErrorOf(answers.Member("result_error"u8), page, isAnswered: result is { ValueKind: not JsonValueKind.Null }) is { } error)
        {
            return CommandFailed(error, page, answers, scope);
        }

        // A page that is no list may have been written as a map.
        if ((list ?? result?.Items()?.Select(UserParser.Read).ToList()) is not { } users)
        {
            return scope.Invalid<Bitrix24UserPage>($"page {page + 1} of the batch is missing");
        }

        return users.Contains(null)
            ? scope.Invalid<Bitrix24UserPage>($"page {page + 1} of the batch has a user without a valid id")
            : users.Count > Bitrix24UserPage.Size
            ? scope.Invalid<Bitrix24UserPage>($"page {page + 1} of the batch has more than {Bitrix24UserPage.Size} users")
            : VendorResult.Success(
                new Bitrix24UserPage(users!, answers.Member("result_total"u8).Entry(Name(page), page).Integer()),
                scope.Timing);
    }

    // Errors written as an array may have lost their names: then the first is that of the first command without an answer.
    private static JsonElement? ErrorOf(JsonElement? errors, int page, bool isAnswered) => errors switch
    {
        { ValueKind: JsonValueKind.Array } when isAnswered => null,
        { ValueKind: JsonValueKind.Array } list =>
            NotNull(errors.Entry(Name(page), page)) ?? NotNull(list.EnumerateArray().FirstOrDefault(IsError)),
        _ => NotNull(errors.Entry(Name(page), page)),
    };

    private static JsonElement? NotNull(JsonElement? error) => error is { } found && IsError(found) ? found : null;

    private static bool IsError(JsonElement error) => error.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined);

    // Another batch would be refused alike from its first page on.
    private static bool NeedsPerson(VendorErrorKind kind) =>
        kind is VendorErrorKind.Unauthorized or VendorErrorKind.InsufficientScope or VendorErrorKind.Blocked or VendorErrorKind.Moved;

    private static VendorResult<Bitrix24UserPage, Bitrix24Timing> CommandFailed(
        JsonElement error, int page, JsonElement answers, ResponseScope scope)
    {
        var times = answers.Member("result_time"u8);
        var resetAt = TimingParser.Read(times.Entry(Name(page), page))?.OperatingResetAt
            ?? times?.Items()?.Select(static time => TimingParser.Read(time)?.OperatingResetAt).LastOrDefault(static at => at is not null)
            ?? scope.Timing?.OperatingResetAt;
        return (scope with { Timing = new Bitrix24Timing(scope.Timing?.OperatingSeconds ?? 0, resetAt) })
            .Fail<Bitrix24UserPage>(ErrorBody.Of(error));
    }

    private static Bitrix24Timing? HighestTiming(JsonElement? times, Bitrix24Timing? whole) =>
        (times?.Items() ?? []).Select(static time => TimingParser.Read(time)).Aggregate(whole, TimingParser.Highest);

    private static string Name(int page) => "p" + page.ToString(CultureInfo.InvariantCulture);

    private static string Pair(string key, string value) => Uri.EscapeDataString(key) + "=" + Uri.EscapeDataString(value);
}
