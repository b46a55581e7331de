namespace OrleansSync.Load;

/// <summary>
/// A checkout of the repository with its programs built. That of another commit is a work tree that goes when it is disposed.
/// </summary>
internal sealed class Checkout : IAsyncDisposable
{
    private readonly DirectoryInfo? _temporary;

    private Checkout(string name, string root, DirectoryInfo? temporary) => (Name, Root, _temporary) = (name, root, temporary);

    /// <summary>What it is called in the figures.</summary>
    public string Name { get; }

    /// <summary>Its root.</summary>
    public string Root { get; }

    /// <summary>The checkout that this program was built in, as it is now.</summary>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="ToolFailedException">It cannot be built.</exception>
    public static async Task<Checkout> ThisAsync(CancellationToken cancellationToken)
    {
        var commit = await GitAsync(["describe", "--always", "--dirty", "--exclude=*"], cancellationToken);
        await BuildAsync(ServiceProgram.Root, cancellationToken);
        return new($"this ({commit})", ServiceProgram.Root, temporary: null);
    }

    /// <summary>A work tree of another commit.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="ToolFailedException">There is no such commit, or it cannot be built.</exception>
    public static async Task<Checkout> OfCommitAsync(string commit, CancellationToken cancellationToken)
    {
        var hash = await GitAsync(["rev-parse", "--verify", "--short", "--end-of-options", commit + "^{commit}"], cancellationToken);
        var temporary = Directory.CreateTempSubdirectory("orleanssync-commit-");
        var checkout = new Checkout(hash, Path.Combine(temporary.FullName, "tree"), temporary);
        try
        {
            await GitAsync(["worktree", "add", "--detach", checkout.Root, hash], cancellationToken);
            await BuildAsync(checkout.Root, cancellationToken);
            return checkout;
        }
        catch
        {
            await checkout.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_temporary is not null)
        {
            _temporary.Delete(recursive: true);
            await GitAsync(["worktree", "prune"], CancellationToken.None);
        }
    }

    private static async Task BuildAsync(string root, CancellationToken cancellationToken)
    {
        foreach (var project in new[] { "Silo", "Api" })
        {
            // No server of the build may stay and run beside what is measured.
            await ToolRun.RunAsync(
                root,
                [
                    "dotnet", "build", Path.Combine("src", project), "-c", "Release", "-v", "quiet",
                    "-nodeReuse:false", "-p:UseSharedCompilation=false",
                ],
                cancellationToken);
        }
    }

    private static Task<string> GitAsync(string[] arguments, CancellationToken cancellationToken) =>
        ToolRun.RunAsync(ServiceProgram.Root, ["git", .. arguments], cancellationToken);
}
