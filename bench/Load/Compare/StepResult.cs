namespace OrleansSync.Load.Compare;

/// <summary>What a measured step of a turn took: one pass over all accounts, or several.</summary>
/// <param name="Step">What was done.</param>
/// <param name="Imports">Imports of an account.</param>
/// <param name="Users">Users whom these imports looked at, each as often as it was.</param>
/// <param name="Time">From the first request of a pass to the end of its last import, all passes together.</param>
/// <param name="Processor">Of the contender's processes.</param>
/// <param name="PostgresProcessor">Of the database server.</param>
/// <param name="SandboxProcessor">Of the imitated vendors.</param>
/// <param name="Peak">Most bytes of anonymous memory of the contender's processes together.</param>
/// <param name="Idle">These bytes before the step.</param>
/// <param name="Requests">What the vendors were asked.</param>
/// <param name="Rows">Rows inserted and updated.</param>
/// <param name="WalBytes">Bytes of the write-ahead log.</param>
/// <param name="Allocated">Bytes that the contender's processes allocated; 0 where they are not counted.</param>
internal sealed record StepResult(
    string Step,
    long Imports,
    long Users,
    TimeSpan Time,
    TimeSpan Processor,
    TimeSpan PostgresProcessor,
    TimeSpan SandboxProcessor,
    long Peak,
    long Idle,
    VendorRequests Requests,
    long Rows,
    long WalBytes,
    long Allocated)
{
    /// <summary>Imports of an account in a second.</summary>
    public double AccountsPerSecond => Imports / Time.TotalSeconds;

    /// <summary>Users looked at in a second.</summary>
    public double EmployeesPerSecond => Users / Time.TotalSeconds;

    /// <summary>Imports of an account for a second of the contender's processor time.</summary>
    public double AccountsPerProcessorSecond => Imports / Processor.TotalSeconds;
}
