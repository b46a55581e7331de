namespace OrleansSync.Testing.Processes;

/// <summary>A directory that is deleted with everything in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orleanssync-e2e-");

    /// <summary>Its absolute path.</summary>
    public string Path => _directory.FullName;

    /// <inheritdoc/>
    public void Dispose() => _directory.Delete(recursive: true);
}
