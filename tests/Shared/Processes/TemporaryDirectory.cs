namespace OrleansSync.Testing.Processes;

/// <summary>A directory that is deleted with everything in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orleanssync-e2e-");

    /// <summary>Its absolute path.</summary>
    public string Path => _directory.FullName;

    /// <summary>The path of a file in it, which need not be there.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => _directory.Delete(recursive: true);
}
