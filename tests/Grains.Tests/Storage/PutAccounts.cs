using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Storage;

/// <summary>Rows of accounts without a portal behind them, for tests of what only asks for rows.</summary>
internal static class PutAccounts
{
    /// <summary>Stores an account's row, new or in place of the one that is there, with a run that ends with the write.</summary>
    /// <param name="rows">The database.</param>
    /// <param name="account">The account's id and name.</param>
    /// <param name="with">Changes what is listed of an active account.</param>
    /// <param name="run">The run.</param>
    public static async Task PutAsync(
        IAccountRows rows, string account, Func<AccountColumns, AccountColumns>? with = null, ClosedRun? run = null)
    {
        var before = await rows.ReadAsync(account);
        var columns = before?.Columns ??
            new AccountColumns
            {
                Status = AccountStatus.Active,
                DisplayName = account,
                PortalKey = account + ".example",
                ConnectedAt = DateTimeOffset.UnixEpoch,
            };
        var after = with?.Invoke(columns) ?? columns;
        Assert.True(await rows.WriteAsync(new AccountWrite
        {
            Row = new AccountRow
            {
                AccountId = account,
                Version = (before?.Version ?? 0) + 1,
                State = "{}",
                Connection = "{}",
                Columns = after,
            },
            Expected = before?.Version,
            Run = run,
        }));
    }
}
