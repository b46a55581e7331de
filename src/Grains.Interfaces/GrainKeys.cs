using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Interfaces;

/// <summary>
/// The keys of all grains of an account. Every key starts with <c>account/</c>: Orleans' ADO.NET providers store a key that reads as a
/// number or a GUID as such, so that the bare account ids <c>020235</c> and <c>20235</c> would share one row.
/// </summary>
public static class GrainKeys
{
    private const string AccountPrefix = "account/";

    /// <summary>Key of the account's portal, connections, responsible employees, keys and audit trail.</summary>
    /// <param name="accountId">An id for which <see cref="AccountId.IsValid"/> holds.</param>
    /// <exception cref="ArgumentException">The id is not valid.</exception>
    public static string Account(string accountId) =>
        AccountId.IsValid(accountId) ? AccountPrefix + accountId : throw new ArgumentException("Not an account id.", nameof(accountId));

    /// <summary>Key of the grain that owns one user's link.</summary>
    /// <param name="accountId">The account's id.</param>
    /// <param name="bitrixUserId">The user's id in Bitrix24.</param>
    public static string User(string accountId, long bitrixUserId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Account(accountId)}/user/{bitrixUserId}");

    /// <summary>Key of the throttle of one Bitrix24 portal, which several accounts may share.</summary>
    /// <param name="portalKey">Authority and path before <c>/rest/</c> of the portal's address.</param>
    public static string Throttle(string portalKey) => "portal/" + portalKey;

    /// <summary>Key of one consent that a person is asked for in Bitrix24.</summary>
    /// <param name="stateHash">The hash of its state: whoever reads a key must not be able to answer for the person.</param>
    public static string Authorization(string stateHash) => "authorization/" + stateHash;

    /// <summary>Key of the directory of accounts.</summary>
    public const string Directory = "service/directory";

    /// <summary>Reads the account's id from any key of one of its grains.</summary>
    /// <param name="key">A grain's key.</param>
    /// <param name="accountId">The account's id, when the key belongs to an account.</param>
    public static bool TryGetAccount(string key, [NotNullWhen(true)] out string? accountId)
    {
        accountId = key.StartsWith(AccountPrefix, StringComparison.Ordinal) ? key.Split('/')[1] : null;
        return accountId is { Length: > 0 };
    }

    /// <summary>Reads the account's id from the key of one of its grains.</summary>
    /// <param name="key">A grain's key.</param>
    /// <exception cref="ArgumentException">The key does not belong to an account.</exception>
    public static string AccountOf(string key) =>
        TryGetAccount(key, out var accountId) ? accountId : throw new ArgumentException("Not the key of an account's grain.", nameof(key));

    /// <summary>Reads the user's id from the key of its grain.</summary>
    /// <param name="key">A key made by <see cref="User"/>.</param>
    public static long UserOf(string key) =>
        long.Parse(key.AsSpan(key.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
}
