using OrleansSync.Api.Bodies;
using OrleansSync.CallGear;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Outbound;

namespace OrleansSync.Api.Accounts;

/// <summary>Judges what a caller wants an account to be, and finds everything that is wrong with it.</summary>
/// <param name="body">The well-formed members of the body.</param>
/// <param name="existing">The account as it is; null when it is new, so that there is no secret to keep.</param>
/// <param name="addresses">Which addresses may be named. What a name stands for is judged at each call.</param>
/// <param name="secrets">Judges secrets and protects them.</param>
/// <param name="errors">What is known to be wrong already, and where faults go.</param>
internal sealed class AccountBodyRules(
    AccountBody body, AccountView? existing, OutboundAddressPolicy addresses, SecretRules secrets, BodyErrors errors)
{
    /// <summary>The most characters a display name has.</summary>
    public const int MaxDisplayNameLength = 200;

    /// <summary>The connection as it leaves this process, or null when something is wrong.</summary>
    public AccountConnection? Judge()
    {
        var displayName = DisplayName();
        var bitrix24 = new Bitrix24BodyRules(
            existing?.Connection.Bitrix24, existing?.HasApplicationToken ?? false, addresses, secrets, errors)
            .Judge(Required(body.Bitrix24, "bitrix24"));
        var callGear = CallGear(Required(body.CallGear, "callGear"));
        var settings = SettingsRules.Judge(body.Settings ?? new SettingsBody(), errors);
        return errors.IsEmpty && displayName is not null && bitrix24 is not null && callGear is not null
            ? new AccountConnection { DisplayName = displayName, Bitrix24 = bitrix24, CallGear = callGear, Settings = settings }
            : null;
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

    private CallGearAccess? CallGear(CallGearBody? callGear)
    {
        if (callGear is null)
        {
            return null;
        }

        var baseUrl = BaseUrl(callGear);
        var token = secrets.Protected("callGear.accessToken", callGear.AccessToken, isStored: existing is not null, isRequired: true);
        errors.AddUnlessPositive("callGear.userId", callGear.UserId);
        return baseUrl is null ? null : new CallGearAccess { BaseUrl = baseUrl, AccessToken = token, UserId = callGear.UserId };
    }

    private string? BaseUrl(CallGearBody callGear)
    {
        const string path = "callGear.baseUrl";
        if (Required(callGear.BaseUrl, path) is not { } text)
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

        errors.AddRefused(path, addresses.WhyRefused(address));
        return CallGearCredentials.Canonical(address).OriginalString;
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
