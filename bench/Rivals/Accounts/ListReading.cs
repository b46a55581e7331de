using OrleansSync.Bitrix24;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Bitrix24.Users;
using OrleansSync.CallGear;
using OrleansSync.CallGear.Employees;
using OrleansSync.Rivals.Messages;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Rivals.Accounts;

/// <summary>Reads both lists of an account to their ends. Whatever goes wrong is an exception, and the import is over.</summary>
/// <param name="clients">The vendors.</param>
internal sealed class ListReading(VendorClients clients)
{
    /// <summary>Reads the portal's users.</summary>
    /// <param name="account">The account.</param>
    /// <param name="known">Users it had before, 0 for unknown: not many more pages than those are asked for, as the service does.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<IReadOnlyCollection<Bitrix24User>> UsersAsync(
        RivalAccount account, int known, CancellationToken cancellationToken)
    {
        var (client, credentials, list) = (clients.Bitrix24(), new WebhookCredentials(account.Webhook), new UserListById());
        while (!list.IsComplete)
        {
            var left = ((known - list.Users.Count) / Bitrix24UserPage.Size) + 2;
            var pages = known == 0 ? Bitrix24Client.MaxPages : Math.Clamp(left, 1, Bitrix24Client.MaxPages);
            var batch = await client.ReadUsersAsync(credentials, list.NextPosition, pages, cancellationToken);
            Require(list.Add(Value(batch)));
        }

        return list.Users;
    }

    /// <summary>Reads the CallGear account's employees.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task<IReadOnlyCollection<CallGearEmployee>> EmployeesAsync(RivalAccount account, CancellationToken cancellationToken)
    {
        var (client, credentials, list) = (clients.CallGear(), CredentialsOf(account), new EmployeeList());
        while (list.NextOffset is { } offset)
        {
            Require(list.Add(Value(await client.GetEmployeesAsync(credentials, EmployeeList.PageSize, offset, cancellationToken))));
        }

        return list.Employees;
    }

    /// <summary>What CallGear is called with.</summary>
    /// <param name="account">The account.</param>
    public static CallGearCredentials CredentialsOf(RivalAccount account) => new(account.CallGear, account.AccessToken, userId: null);

    /// <summary>What a call brought.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static T Value<T, TUsage>(VendorResult<T, TUsage> result)
        where TUsage : class
    {
        Require(result.Error);
        return result.Value;
    }

    private static void Require(VendorError? error)
    {
        if (error is not null)
        {
            throw new InvalidOperationException(error.Message);
        }
    }
}
