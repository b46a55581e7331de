using System.Globalization;
using System.Runtime.Versioning;
using OrleansSync.Storage;

namespace OrleansSync.Hosting.Startup;

/// <summary>
/// The refusal to start because the process's user may not use a file or directory: names it, the user, the owner and the mode, and says
/// which of them to change.
/// </summary>
public static class ForbiddenPath
{
    private const string OfAContainer =
        "In a container, a secret or file that is mounted has the owner and mode that it has on the host, where they are to be changed; "
        + "orchestrators that set them (a swarm; compose not for secrets that are files) take them from the secret's uid and mode.";

    /// <summary>Refuses a file that may not be read; whoever uses it tells what else may be wrong with it.</summary>
    /// <param name="what">What the file is, at the beginning of a sentence.</param>
    /// <param name="path">Its absolute path.</param>
    /// <exception cref="StartRefusedException">It may not be read.</exception>
    public static void RequireReadable(string what, string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw ToRead(what, path, exception);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>A file may not be read.</summary>
    /// <param name="what">What the file is, at the beginning of a sentence.</param>
    /// <param name="path">Its absolute path.</param>
    /// <param name="cause">What the operating system said.</param>
    public static StartRefusedException ToRead(string what, string path, Exception cause) => Directory.Exists(path)
        ? new(
            $"{what} {path} is a directory. A container is given one where the file to be mounted is not on the host: put it there.",
            cause)
        : Refusal(what, path, "read", "r", cause, OfAContainer);

    /// <summary>A file or directory may not be written.</summary>
    /// <param name="what">What it is, at the beginning of a sentence.</param>
    /// <param name="path">Its absolute path.</param>
    /// <param name="cause">What the operating system said.</param>
    /// <param name="instead">A sentence with what else can be done.</param>
    public static StartRefusedException ToWrite(string what, string path, Exception cause, string instead) =>
        Refusal(what, path, "written", "rw", cause, instead);

    /// <summary>A directory must be this user's own, and is not or cannot be made.</summary>
    /// <param name="what">What it is, at the beginning of a sentence.</param>
    /// <param name="path">Its absolute path.</param>
    /// <param name="cause">What the operating system said.</param>
    /// <param name="instead">A sentence with what else can be done.</param>
    public static StartRefusedException ToOwn(string what, string path, Exception cause, string instead) =>
        Refusal(what, path, "used", null, cause, instead);

    private static StartRefusedException Refusal(
        string what, string path, string used, string? rights, Exception cause, string instead)
    {
        if (OperatingSystem.IsWindows())
        {
            return new(
                $"{what} {path} cannot be {used} by the user {Environment.UserName}, which this process runs as: {cause.Message} Give that "
                + $"user the right. {instead}", cause);
        }

        var user = UnixOwnership.CurrentUser;
        var culprit = WhatBars(path);
        var ownership = UnixOwnership.Of(culprit);
        var remedy = rights is null
            ? Possession(path, isThere: culprit == path, user)
            : Permission(culprit, Directory.Exists(culprit) ? rights + "x" : rights, ownership?.Owner == user, user);
        return new(
            $"{what} {path} cannot be {used} by {UnixOwnership.NameOfUser(user)}, which this process runs as: "
            + $"{(culprit == path ? "it" : culprit)} {ownership?.ToString() ?? "cannot be looked at"}. {remedy} {instead}", cause);
    }

    private static string Possession(string path, bool isThere, uint user) => string.Create(
        CultureInfo.InvariantCulture,
        $"Give {(isThere ? "it" : "one")} to that user: {(isThere ? "" : $"mkdir -p {path} && ")}chown -R {user} {path}.");

    private static string Permission(string culprit, string rights, bool isOwn, uint user) => isOwn
        ? $"Give that user the rights: chmod u+{rights} {culprit}."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Give it to that user (chown {user} {culprit}), or give others the rights (chmod o+{rights} {culprit}).");

    /// <summary>The path itself, or the directory above it that keeps this user from it.</summary>
    [UnsupportedOSPlatform("windows")]
    private static string WhatBars(string path)
    {
        var part = path;
        while (UnixOwnership.Of(part) is null && Path.GetDirectoryName(part) is { } above)
        {
            part = above;
        }

        return part;
    }
}
