using System.Security.Cryptography;
using System.Text;

namespace OrleansSync.Sandbox;

/// <summary>
/// Secrets that are the same in every run, so that what is connected to a sandbox stays connected when it is started again.
/// </summary>
internal static class DerivedSecret
{
    public static string Of(string purpose, int length) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("sandbox/" + purpose)))[..length];
}
