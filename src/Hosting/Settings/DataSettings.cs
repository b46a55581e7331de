namespace OrleansSync.Hosting.Settings;

/// <summary>Where a process without a database server keeps its data.</summary>
/// <param name="DataDirectory">The directory with the SQLite file and the keys. Default: a folder of the user.</param>
[Section("")]
internal sealed record DataSettings([property: Path("the path of a directory")] string? DataDirectory = null);
