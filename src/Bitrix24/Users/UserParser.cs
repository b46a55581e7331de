using System.Text.Json;
using OrleansSync.Bitrix24.Responses;

namespace OrleansSync.Bitrix24.Users;

internal static class UserParser
{
    /// <summary>The fields asked for, in the spelling of the vendor's <c>user.get</c>.</summary>
    public static readonly string[] Fields =
    [
        "ID", "ACTIVE", "USER_TYPE", "NAME", "LAST_NAME", "SECOND_NAME", "EMAIL",
        "WORK_PHONE", "PERSONAL_MOBILE", "PERSONAL_PHONE", "UF_DEPARTMENT",
    ];

    /// <summary>A user, or null when the element has no valid id.</summary>
    public static Bitrix24User? Read(JsonElement element) =>
        element.Member("ID"u8).Integer() is not (> 0 and var id)
            ? null
            : new Bitrix24User
            {
                Id = id,
                IsActive = IsActive(element.Member("ACTIVE"u8)),
                UserType = element.Member("USER_TYPE"u8).Text(),
                Name = element.Member("NAME"u8).Text(),
                LastName = element.Member("LAST_NAME"u8).Text(),
                SecondName = element.Member("SECOND_NAME"u8).Text(),
                Email = element.Member("EMAIL"u8).Text(),
                HasEmailField = element.Member("EMAIL"u8) is not null,
                WorkPhone = element.Member("WORK_PHONE"u8).Text(),
                PersonalMobile = element.Member("PERSONAL_MOBILE"u8).Text(),
                PersonalPhone = element.Member("PERSONAL_PHONE"u8).Text(),
                Departments = Departments(element.Member("UF_DEPARTMENT"u8)),
            };

    private static bool IsActive(JsonElement? active) => active switch
    {
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Number } found => !found.TryGetDouble(out var number) || number != 0,
        { ValueKind: JsonValueKind.String } found => JsonText.Of(found).Trim().ToUpperInvariant() is not ("N" or "0" or "FALSE"),
        _ => true,
    };

    private static IReadOnlyList<long> Departments(JsonElement? departments)
    {
        if (departments is not { } found)
        {
            return [];
        }

        var candidates = found.Items() ?? [found];
        return [.. candidates.Select(static element => ((JsonElement?)element).Integer()).OfType<long>().Where(static id => id > 0)];
    }
}
