namespace OrleansSync.Hosting.Startup;

/// <summary>How the files with settings are read.</summary>
public static class SettingsFiles
{
    private const string WithoutWatching = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>
    /// The arguments for a host that reads its files when it starts and never again: settings are checked then, and a watch would follow
    /// everything below the folder that the process was started in.
    /// </summary>
    /// <param name="args">The arguments of the process's configuration.</param>
    public static string[] ReadOnce(string[] args) => [WithoutWatching, .. args];
}
