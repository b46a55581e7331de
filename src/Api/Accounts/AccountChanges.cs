using System.Globalization;
using OrleansSync.Api.Bodies;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Audit;

namespace OrleansSync.Api.Accounts;

/// <summary>What an update changes, for the audit trail. Of a secret it says only that it was given anew.</summary>
internal static class AccountChanges
{
    private const string Changed = "changed";

    /// <summary>Compares an account with the connection it is given.</summary>
    /// <param name="before">The account before the update; null when it is new.</param>
    /// <param name="after">The new connection; secrets that are kept are null.</param>
    public static AuditDetail?[] Between(AccountView? before, AccountConnection after)
    {
        var old = before?.Connection;
        return
        [
            Change("displayName", old?.DisplayName, after.DisplayName),
            Change("bitrix24.edition", Name(old?.Bitrix24.Edition), Name<Bitrix24Edition>(after.Bitrix24.Edition)),
            Change("bitrix24.address", old?.Bitrix24.DisplayAddress, after.Bitrix24.DisplayAddress),
            Secret("bitrix24.webhookUrl", after.Bitrix24.WebhookUrl),
            Secret("bitrix24.oauth.accessToken", after.Bitrix24.AccessToken),
            Secret("bitrix24.oauth.refreshToken", after.Bitrix24.RefreshToken),
            Secret("bitrix24.applicationToken", after.Bitrix24.ApplicationToken),
            Change("callGear.baseUrl", old?.CallGear.BaseUrl, after.CallGear.BaseUrl),
            Secret("callGear.accessToken", after.CallGear.AccessToken),
            Change("callGear.userId", Number(old?.CallGear.UserId), Number(after.CallGear.UserId)),
            .. Settings(old?.Settings, after.Settings),
        ];
    }

    private static AuditDetail?[] Settings(AccountSettings? old, AccountSettings after) =>
    [
        Change("settings.phoneNumbers", Name(old?.PhoneNumbers), Name<PhoneNumberChoice>(after.PhoneNumbers)),
        Change("settings.fillMissingPhones", Flag(old?.FillMissingPhones), Flag(after.FillMissingPhones)),
        Change("settings.maxDeletionsPercent", Number(old?.MaxDeletionsPercent), Number(after.MaxDeletionsPercent)),
        Change("settings.responsibleGroupId", Number(old?.ResponsibleGroupId), Number(after.ResponsibleGroupId)),
        Change("settings.paused", Flag(old?.Paused), Flag(after.Paused)),
    ];

    private static AuditDetail? Change(string path, string? from, string? to) =>
        from == to ? null : new AuditDetail(path, Value: null, new AuditChange(from, to));

    private static AuditDetail? Secret(string path, ProtectedText? given) =>
        given is null ? null : new AuditDetail(path, Changed, Change: null);

    private static string? Name<T>(T? value)
        where T : struct, Enum => value is { } known ? CamelCaseEnum<T>.NameOf(known) : null;

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string? Flag(bool? value) => value switch { true => "true", false => "false", null => null };
}
