namespace OrleansSync.Faults.Accounts;

/// <summary>What the rules make of a user, whatever happens on the way.</summary>
internal enum ExpectedOutcome
{
    /// <summary>R3.3: an employee is created.</summary>
    Created,

    /// <summary>R3.2: the employee with its address is linked.</summary>
    Linked,

    /// <summary>R2.4, R3.4, R3.5: it is shown with a reason and nothing is done.</summary>
    Skipped,

    /// <summary>R2.1: it is no active employee.</summary>
    Ignored,
}
