namespace OrleansSync.CallGear.Employees;

/// <summary>
/// Puts a list together from ranges of ids, each of which fits one page. CallGear's list has no stable order, so that pages of one list may
/// overlap or miss somebody; a range that comes whole in one answer cannot (R8.10). The bounds come from a reading by pages that turned out
/// not to be whole.
/// </summary>
public sealed class EmployeeRangeList
{
    private readonly Dictionary<long, CallGearEmployee> _employees = [];
    private readonly long[] _ids;
    private readonly double _total;
    private int _done;
    private bool _isOver;

    /// <summary>Takes the ids of a reading by pages for the bounds of ranges.</summary>
    /// <param name="pages">The reading, which is not whole.</param>
    public EmployeeRangeList(EmployeeList pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        _ids = [.. pages.Employees.Select(employee => employee.Id).Order()];
        _total = pages.TotalItems;
    }

    /// <summary>The employees so far.</summary>
    public IReadOnlyCollection<CallGearEmployee> Employees => _employees.Values;

    /// <summary>Whether this is every employee there is.</summary>
    public bool IsComplete => Error is null && _isOver;

    /// <summary>Why this is not a whole list; null while nothing is wrong.</summary>
    public VendorError? Error { get; private set; }

    /// <summary>The range to read next; null when there is none.</summary>
    /// <param name="limit">Employees that one answer shall hold at most.</param>
    public EmployeeIdRange? NextRange(int limit = EmployeeList.PageSize) =>
        Error is not null || _isOver ? null : new EmployeeIdRange(BoundAt(_done), BoundAt(_done + StepOf(limit)));

    /// <summary>Adds the page that was read for <see cref="NextRange"/>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="limit">What the range was asked for with.</param>
    /// <returns>What is wrong with the list; null when the page fits.</returns>
    /// <exception cref="InvalidOperationException">There is nothing more to read.</exception>
    public VendorError? Add(EmployeePage page, int limit = EmployeeList.PageSize)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (NextRange(limit) is not { } range)
        {
            throw new InvalidOperationException("The list has ended.");
        }

        var before = _employees.Count;
        foreach (var employee in page.Employees)
        {
            if (!range.Contains(employee.Id))
            {
                return Error = Broken($"employee {employee.Id} came although it was not asked for");
            }

            _employees[employee.Id] = employee;
        }

        if (_employees.Count - before != page.TotalItems)
        {
            return Error = Broken($"{_employees.Count - before} different employees came instead of {page.TotalItems}");
        }

        _done += StepOf(limit);
        _isOver = range.UpTo is null;
        return null;
    }

    private long? BoundAt(int index) => index > 0 && index < _ids.Length ? _ids[index] : null;

    // Less than a page, because the ids that the bounds come from are not all there are; and the rest in parts of one size.
    private int StepOf(int limit)
    {
        var left = _ids.Length - _done;
        var parts = Math.Ceiling(_total * left / _ids.Length / Math.Max(1, limit * 3 / 4));
        return parts >= 2 && left >= 2 ? (int)Math.Max(1, left / Math.Min(parts, left)) : Math.Max(1, left);
    }

    private static VendorError Broken(string why) =>
        new(VendorErrorKind.InvalidAnswer, $"The list of employees from CallGear is not whole: {why}.");
}
