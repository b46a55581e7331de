using OrleansSync.Api.Bodies;
using OrleansSync.CallGear;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Api.Accounts;

/// <summary>Judges what a caller wants an account to be, and finds everything that is wrong with it.</summary>
/// <param name="body">The well-formed members of the body.</param>
/// <param name="existing">The account as it is; null when it is new, so that there is no secret to keep.</param>
/// <param name="addresses">Which addresses may be reached.</param>
/// <param name="errors">What is known to be wrong already, and where faults go.</param>
internal sealed class AccountBodyRules(AccountBody body, AccountView? existing, AddressRules addresses, BodyErrors errors)
{
    /// <summary>The most characters a display name has.</summary>
    public const int MaxDisplayNameLength = 200;

    private readonly SecretRules _secrets = new(errors);

    /// <summary>The connection, or null when something is wrong.</summary>
    public ConnectionDraft? Judge()
    {
        var displayName = DisplayName();
        var bitrix24 = new Bitrix24BodyRules(
            existing?.Connection.Bitrix24, existing?.HasApplicationToken ?? false, addresses, _secrets, errors)
            .Judge(Required(body.Bitrix24, "bitrix24"));
        var callGear = Required(body.CallGear, "callGear");
        var baseUrl = BaseUrl(callGear);
        var token = callGear is null
            ? null
            : _secrets.Read("callGear.accessToken", callGear.AccessToken, isStored: existing is not null, isRequired: true);
        Positive("callGear.userId", callGear?.UserId);
        var settings = Settings();
        if (!errors.IsEmpty || displayName is null || bitrix24 is null || baseUrl is null)
        {
            return null;
        }

        return new ConnectionDraft
        {
            DisplayName = displayName,
            Bitrix24 = bitrix24,
            CallGearBaseUrl = baseUrl,
            CallGearAccessToken = token,
            CallGearUserId = callGear?.UserId,
            Settings = settings,
        };
    }

    private string? DisplayName()
    {
        const string path = "displayName";
        if (Required(body.DisplayName, path) is not { } given)
        {
            return null;
        }

        var name = given.Trim();
        if (name.Length is < 1 or > MaxDisplayNameLength || name.Any(char.IsControl))
        {
            errors.Add(path, new BodyFault(
                FaultKind.DisplayNameForm,
                $"must have 1 to {MaxDisplayNameLength} characters that are not all blank, and no control characters.",
                MaxDisplayNameLength));
        }

        return name;
    }

    private string? BaseUrl(CallGearBody? callGear)
    {
        const string path = "callGear.baseUrl";
        if (callGear is null || Required(callGear.BaseUrl, path) is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)
            || address.Host.Length == 0
            || address.UserInfo.Length > 0
            || text.AsSpan().ContainsAny("?#\\ "))
        {
            errors.Add(path, new BodyFault(
                FaultKind.BaseUrlForm,
                "must be an https address without user name, query and fragment, such as https://dataapi.callgear.com/v2.0."));
            return null;
        }

        addresses.Check(path, address, errors);
        return CallGearCredentials.Canonical(address).OriginalString;
    }

    private AccountSettings Settings()
    {
        var settings = body.Settings ?? new SettingsBody();
        if (settings.MaxDeletionsPercent is < 0 or > 100)
        {
            errors.Add("settings.maxDeletionsPercent", BodyFault.Percent);
        }

        Positive("settings.responsibleGroupId", settings.ResponsibleGroupId);
        var defaults = AccountSettings.Default;
        return new AccountSettings
        {
            PhoneNumbers = settings.PhoneNumbers ?? defaults.PhoneNumbers,
            FillMissingPhones = settings.FillMissingPhones ?? defaults.FillMissingPhones,
            MaxDeletionsPercent = settings.MaxDeletionsPercent ?? defaults.MaxDeletionsPercent,
            ResponsibleGroupId = settings.ResponsibleGroupId,
            Paused = settings.Paused ?? defaults.Paused,
        };
    }

    private void Positive(string path, long? value)
    {
        if (value <= 0)
        {
            errors.Add(path, BodyFault.Positive);
        }
    }

    private T? Required<T>(T? member, string path)
        where T : class
    {
        // A member of the wrong type is missing here too, and was reported where that was found.
        if (member is null && !errors.Has(path))
        {
            errors.Add(path, BodyFault.Required);
        }

        return member;
    }
}
