namespace OrleansSync.Load.Idle;

/// <summary>What accounts take that have nothing to do.</summary>
/// <param name="Accounts">How many.</param>
/// <param name="Ready">From the start of the service until it was ready.</param>
/// <param name="Memory">Bytes of anonymous memory of silo and API together.</param>
/// <param name="Processor">Of silo and API, in a minute.</param>
/// <param name="PostgresProcessor">Of the database server, in a minute.</param>
internal sealed record IdleFigures(int Accounts, TimeSpan Ready, long Memory, TimeSpan Processor, TimeSpan PostgresProcessor);
