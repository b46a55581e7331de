namespace OrleansSync.Testing.Processes;

/// <summary>Where the built programs are: beside this assembly's own output, in the same configuration and framework.</summary>
internal static class ServiceBinaries
{
    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The program with the HTTP interface.</summary>
    public static string Api { get; } = Find("src/Api");

    /// <summary>The program that hosts the grains.</summary>
    public static string Silo => Find("src/Silo");

    /// <summary>The program that imitates the vendors.</summary>
    public static string Sandbox => Find("src/Sandbox");

    /// <summary>The program that measures the service.</summary>
    public static string Load => Find("bench/Load");

    private static string Find(string project)
    {
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var (framework, configuration) = (output.Name, output.Parent!.Name);
        var path = Path.Combine(Root, project, "bin", configuration, framework, $"OrleansSync.{Path.GetFileName(project)}.dll");
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"Build the solution in configuration {configuration} first: {path} is missing.", path);
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "OrleansSync.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException(
            "These tests start the programs of the repository they were built in, and it is not above them any more.");
    }
}
