using System.Security.Cryptography;
using System.Text;

namespace OrleansSync.Silo.Storage;

/// <summary>One step of the schema. Once released it never changes: a mistake is put right by a further step.</summary>
/// <param name="Number">Its place in the order, from 1.</param>
/// <param name="Name">What it does, in a word.</param>
/// <param name="Sql">Its statements.</param>
internal sealed record Migration(int Number, string Name, string Sql)
{
    /// <summary>SHA-256 of the statements in hex, recorded when the step is applied.</summary>
    public string Checksum => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));
}
