namespace OrleansSync.Storage;

/// <summary>
/// The process cannot start and a person must do something about it. The message is all there is to show: what happened, where, and
/// what to do; it holds no secret. Programs print it to the error output without a stack trace and end with exit code 1.
/// </summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What a person is shown.</param>
    /// <param name="innerException">The cause, if any.</param>
    public StartRefusedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
