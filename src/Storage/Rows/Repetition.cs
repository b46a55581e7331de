using System.Security.Cryptography;

namespace OrleansSync.Storage.Rows;

/// <summary>How a transaction is repeated that the database undid because another worked on the same rows.</summary>
internal static class Repetition
{
    /// <summary>Tries in all.</summary>
    public const int MostTries = 5;

    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits for a moment, never two of them for the same.</summary>
    public static Task PauseAsync(TimeProvider time) => Task.Delay(_longestPause * (RandomNumberGenerator.GetInt32(1, 100) / 100.0), time);
}
