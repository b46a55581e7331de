using System.Security.Cryptography;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Testing.Silos;

/// <summary>Key files as an operator makes them.</summary>
internal static class TestKeyFile
{
    public static string NewLine() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static string Create(TemporaryDirectory directory) => Create(directory, "key-file", NewLine());

    public static string Create(TemporaryDirectory directory, string name, params string[] lines)
    {
        var path = directory.File(name);
        File.WriteAllLines(path, lines);
        return path;
    }
}
