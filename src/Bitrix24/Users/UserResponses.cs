using System.Text.Json;
using OrleansSync.Bitrix24.Responses;

namespace OrleansSync.Bitrix24.Users;

/// <summary>Reads answers of <c>user.get</c> called by itself.</summary>
internal static class UserResponses
{
    public static VendorResult<Bitrix24User?, Bitrix24Timing> ReadOne(JsonElement root, ResponseScope scope, long userId)
    {
        if (Users(root) is not { } users)
        {
            return scope.Invalid<Bitrix24User?>("it has no list of users");
        }

        // A portal that does not know the filter answers with everybody.
        if (users.Count > 1 || users.Any(user => user?.Id != userId))
        {
            return scope.Invalid<Bitrix24User?>($"it has other users than user {userId}, who was asked for");
        }

        return VendorResult.Success(users.SingleOrDefault(), scope.Timing);
    }

    public static VendorResult<Bitrix24UserCount, Bitrix24Timing> ReadCount(JsonElement root, ResponseScope scope)
    {
        if (Users(root) is not { } users || users.Contains(null))
        {
            return scope.Invalid<Bitrix24UserCount>("it has no list of users with valid ids");
        }

        if (root.Member("total"u8).Integer() is not (>= 0 and var total))
        {
            return scope.Invalid<Bitrix24UserCount>("it does not tell the number of users");
        }

        // R8.6a: a field without a value is left out, so that a single user proves nothing.
        var isEmailVisible = users.Count <= 1 || users.Any(static user => user!.HasEmailField);
        return VendorResult.Success(new Bitrix24UserCount(total, isEmailVisible, [.. users.Select(static user => user!.Id)]), scope.Timing);
    }

    private static List<Bitrix24User?>? Users(JsonElement root) =>
        root.Member("result"u8)?.Items()?.Select(UserParser.Read).ToList();
}
