using System.Text.Json;

namespace OrleansSync.Bitrix24.Responses;

/// <summary>
/// What an answer says of an error, however it says it: <c>error</c> can be a code, an object with code and text, or a list of either, and
/// <c>error_description</c> can be missing.
/// </summary>
/// <param name="Code">The code; null when there is none.</param>
/// <param name="Description">The text for people; null when there is none.</param>
internal readonly record struct ErrorBody(string? Code, string? Description)
{
    /// <summary>The error of a whole answer; null when it is none. One that says nothing counts only where there is no result.</summary>
    public static ErrorBody? Find(JsonElement answer)
    {
        if (answer.Member("error"u8) is not { ValueKind: not (JsonValueKind.Null or JsonValueKind.False) } error
            || (SaysNothing(error) && answer.Member("result"u8) is not null))
        {
            return null;
        }

        var own = Of(error);
        return own with { Description = answer.Member("error_description"u8).Text() ?? own.Description };
    }

    /// <summary>The error that an element is: that of a batch's command, or the member <c>error</c> itself.</summary>
    public static ErrorBody Of(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.Object => new(
            error.Member("error"u8).Text() ?? error.Member("code"u8).Text(),
            error.Member("error_description"u8).Text() ?? error.Member("message"u8).Text()),
        JsonValueKind.Array when error.GetArrayLength() > 0 && error[0].ValueKind != JsonValueKind.Array => Of(error[0]),
        _ => new(((JsonElement?)error).Text(), null),
    };

    private static bool SaysNothing(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.String => error.GetString()!.Length == 0,
        JsonValueKind.Number => error.TryGetInt64(out var number) && number == 0,
        JsonValueKind.Array => error.GetArrayLength() == 0,
        JsonValueKind.Object => !error.EnumerateObject().Any(),
        _ => false,
    };
}
