using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansSync.Testing.Processes;

namespace OrleansSync.EndToEnd.Security;

/// <summary>THIRD-PARTY.md says what is delivered.</summary>
public sealed partial class ThirdPartyTests
{
    [Fact]
    public void List_OfPackages_IsThatOfTheLockFiles()
    {
        var locked = Directory.GetFiles(Path.Combine(ServiceBinaries.Root, "src"), "packages.lock.json", SearchOption.AllDirectories)
            .SelectMany(Packages);
        var listed = File.ReadLines(Path.Combine(ServiceBinaries.Root, "THIRD-PARTY.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => (Name: row.Groups[1].Value, Version: row.Groups[2].Value)).ToList();

        Assert.Equal(locked.Distinct().Order(), listed.Order());
        Assert.NotEmpty(listed);
    }

    private static IEnumerable<(string Name, string Version)> Packages(string lockFile)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(lockFile));
        return [.. document.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(framework => framework.Value.EnumerateObject())
            .Where(package => package.Value.GetProperty("type").GetString() != "Project")
            .Select(package => (package.Name, package.Value.GetProperty("resolved").GetString()!))];
    }

    [GeneratedRegex(@"^\| ([^ |]+) \| ([0-9][^ |]*) \| [^|]+ \|$")]
    private static partial Regex Row();
}
