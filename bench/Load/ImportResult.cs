namespace OrleansSync.Load;

/// <summary>What one first import took.</summary>
/// <param name="EmployeesPerSecond">From the first request that connects an account until the last account's run ended.</param>
/// <param name="Processor">Of the silo and the API process, their start not included.</param>
/// <param name="WalBytes">What PostgreSQL wrote to its write-ahead log.</param>
internal sealed record ImportResult(double EmployeesPerSecond, TimeSpan Processor, long WalBytes);

/// <summary>An import did not create every employee, or ended otherwise than well.</summary>
internal sealed class IncompleteImportException(string message) : Exception(message);
