using System.Security.Cryptography;
using System.Text;

namespace OrleansSync.Storage;

/// <summary>One step of the schema. Once released it never changes: a mistake is put right by a further step.</summary>
/// <param name="Number">Its place in the order, from 1.</param>
/// <param name="Name">What it does, in a word.</param>
/// <param name="Sql">
/// Its statements. The first line may be <c>-- oldest: 0.2.0</c>, the oldest release that can run on the schema after this step.
/// </param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    private const string OldestReleasePrefix = "-- oldest: ";

    /// <summary>SHA-256 of the statements in hex, recorded when the step is applied.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

    /// <summary>The oldest release that can run on the schema after this step; null when the step says nothing of it.</summary>
    public Version? OldestRelease => Sql.StartsWith(OldestReleasePrefix, StringComparison.Ordinal)
        ? Version.Parse(Sql.AsSpan(OldestReleasePrefix.Length, Sql.IndexOf('\n', StringComparison.Ordinal) - OldestReleasePrefix.Length))
        : null;
}
