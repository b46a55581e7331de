namespace OrleansSync.Load.Compare;

/// <summary>A way to have accounts imported, running as processes of its own.</summary>
internal interface IContender : IAsyncDisposable
{
    /// <summary>Its processes.</summary>
    IReadOnlyList<int> ProcessIds { get; }

    /// <summary>Whether all of them run.</summary>
    bool IsRunning { get; }

    /// <summary>Makes accounts known and asks for their first imports.</summary>
    /// <param name="tenants">The accounts.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    Task ConnectAsync(IReadOnlyList<Tenant> tenants, CancellationToken cancellationToken);

    /// <summary>Asks for one more import of accounts that are known.</summary>
    /// <param name="tenants">The accounts.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    Task AskAsync(IReadOnlyList<Tenant> tenants, CancellationToken cancellationToken);

    /// <summary>Lets what is in memory of accounts only to be faster go from there.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    Task ForgetAsync(CancellationToken cancellationToken);

    /// <summary>Waits until the imports that were asked for last have ended.</summary>
    /// <param name="tenants">The accounts.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <returns>When the last of them ended, by the contender's own record.</returns>
    /// <exception cref="IncompleteImportException">One of them failed, or does not end.</exception>
    Task<DateTimeOffset> EndAsync(IReadOnlyList<Tenant> tenants, CancellationToken cancellationToken);
}
