using OrleansSync.Storage;

namespace OrleansSync.Hosting.Startup;

/// <summary>How the files with settings (appsettings.json and its kind) are read.</summary>
public static class SettingsFiles
{
    private const string WithoutWatching = "--hostBuilder:reloadConfigOnChange=false";

    /// <summary>
    /// Makes the builder of a host that reads its files when it starts and never again: settings are checked then, and a watch would follow
    /// everything below the folder that the process was started in.
    /// </summary>
    /// <param name="args">The arguments of the process's configuration.</param>
    /// <param name="create">Makes the builder with arguments.</param>
    /// <exception cref="StartRefusedException">A file may not be read or is malformed.</exception>
    public static T ReadOnce<T>(string[] args, Func<string[], T> create)
    {
        ArgumentNullException.ThrowIfNull(create);
        try
        {
            return create([WithoutWatching, .. args]);
        }
        catch (UnauthorizedAccessException exception) when (PathIn(exception).EndsWith(".json", StringComparison.Ordinal))
        {
            throw ForbiddenPath.ToRead("The settings file", PathIn(exception), exception);
        }
        catch (InvalidDataException exception)
        {
            throw new StartRefusedException(
                $"The settings file {PathIn(exception)} cannot be used: {exception.GetBaseException().Message}", exception);
        }
    }

    // Only the text of these exceptions has it, between quotes.
    private static string PathIn(Exception exception) =>
        exception.Message.Split('\'') is [_, var path, ..] ? path : exception.Message;
}
