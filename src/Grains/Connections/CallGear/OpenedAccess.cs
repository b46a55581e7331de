using System.Diagnostics.CodeAnalysis;
using OrleansSync.CallGear;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>
/// The access of an account that was opened last: a first import makes a call for each employee, all with the same key, and to open it
/// costs more than to write the request.
/// </summary>
/// <param name="secrets">Opens secrets.</param>
/// <param name="account">The account.</param>
internal sealed class OpenedAccess(AccountSecrets secrets, string account)
{
    private CallGearAccess? _access;
    private CallGearCredentials? _credentials;

    /// <summary>Opens an access, or says why that cannot be done.</summary>
    public bool TryOpen(
        CallGearAccess? access, [NotNullWhen(true)] out CallGearCredentials? credentials, [NotNullWhen(false)] out CallFailure? failure)
    {
        if (_credentials is { } opened && ReferenceEquals(access, _access))
        {
            (credentials, failure) = (opened, null);
            return true;
        }

        if (!CallGearOpening.TryOpen(secrets, account, $"Account {account}", access, out credentials, out failure))
        {
            return false;
        }

        (_access, _credentials) = (access, credentials);
        return true;
    }

    /// <summary>Forgets it.</summary>
    public void Forget() => (_access, _credentials) = (null, null);
}
