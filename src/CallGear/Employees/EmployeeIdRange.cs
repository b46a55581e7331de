namespace OrleansSync.CallGear.Employees;

/// <summary>The employees whose ids lie between two bounds.</summary>
/// <param name="After">Ids are above this one; null: no lower bound.</param>
/// <param name="UpTo">Ids are at most this one; null: no upper bound.</param>
public readonly record struct EmployeeIdRange(long? After, long? UpTo)
{
    /// <summary>Whether an id lies in it.</summary>
    public bool Contains(long id) => (After is not { } after || id > after) && (UpTo is not { } upTo || id <= upTo);
}
