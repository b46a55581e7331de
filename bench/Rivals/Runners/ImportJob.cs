using OrleansSync.Rivals.Accounts;

namespace OrleansSync.Rivals.Runners;

/// <summary>The import of an account as a job.</summary>
/// <param name="book">The accounts.</param>
/// <param name="import">The work.</param>
internal sealed class ImportJob(AccountBook book, AccountImport import)
{
    /// <summary>Imports an account.</summary>
    /// <param name="account">Its id.</param>
    /// <param name="cancellationToken">Of the server that runs the job.</param>
    public Task RunAsync(string account, CancellationToken cancellationToken) => import.RunAsync(book.Of(account), cancellationToken);
}
