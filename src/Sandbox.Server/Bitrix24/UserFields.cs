using System.Collections.Frozen;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>Fields of a user that the vendor knows.</summary>
internal static class UserFields
{
    /// <summary>Fields that can be filtered and sorted by.</summary>
    public static FrozenSet<string> Known { get; } = FrozenSet.ToFrozenSet(
    [
        "ID", "ACTIVE", "NAME", "LAST_NAME", "SECOND_NAME", "EMAIL", "WORK_PHONE", "PERSONAL_MOBILE", "PERSONAL_PHONE", "UF_DEPARTMENT",
        "USER_TYPE", "TIMESTAMP_X", "XML_ID", "DATE_REGISTER", "LAST_LOGIN", "WORK_POSITION", "PERSONAL_CITY", "IS_ONLINE",
    ], StringComparer.Ordinal);

    /// <summary>Fields that a key with the scope <c>user_brief</c> may not see.</summary>
    public static FrozenSet<string> Contacts { get; } =
        FrozenSet.ToFrozenSet(["EMAIL", "WORK_PHONE", "PERSONAL_MOBILE", "PERSONAL_PHONE"], StringComparer.Ordinal);
}
