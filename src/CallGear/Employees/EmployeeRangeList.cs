namespace OrleansSync.CallGear.Employees;

/// <summary>
/// Puts a list together from ranges of ids, each of which fits one page. CallGear's list has no stable order, so that pages of one list may
/// overlap or miss somebody; a range that comes whole in one answer cannot (R8.10). The bounds come from a reading by pages that turned out
/// not to be whole.
/// </summary>
public sealed class EmployeeRangeList
{
    // Less than a page, because the ids that the bounds come from are not all there are.
    private const int AimedSize = EmployeeList.PageSize * 3 / 4;

    private readonly Dictionary<long, CallGearEmployee> _employees = [];
    private readonly Queue<EmployeeIdRange> _ranges;

    /// <summary>Divides the ids of a reading by pages into ranges.</summary>
    /// <param name="pages">The reading, which is not whole.</param>
    public EmployeeRangeList(EmployeeList pages)
    {
        ArgumentNullException.ThrowIfNull(pages);
        long[] ids = [.. pages.Employees.Select(employee => employee.Id).Order()];
        var count = (int)Math.Max(1, Math.Min(ids.Length, (pages.TotalItems + AimedSize - 1) / AimedSize));
        long?[] bounds =
            [null, .. Enumerable.Range(1, count - 1).Select(index => (long?)ids[(int)((long)index * ids.Length / count)]), null];
        _ranges = new Queue<EmployeeIdRange>(bounds.Zip(bounds.Skip(1), (after, upTo) => new EmployeeIdRange(after, upTo)));
    }

    /// <summary>The employees so far.</summary>
    public IReadOnlyCollection<CallGearEmployee> Employees => _employees.Values;

    /// <summary>The range to read next; null when there is none.</summary>
    public EmployeeIdRange? NextRange => Error is null && _ranges.TryPeek(out var range) ? range : null;

    /// <summary>Whether this is every employee there is.</summary>
    public bool IsComplete => Error is null && _ranges.Count == 0;

    /// <summary>Why this is not a whole list; null while nothing is wrong.</summary>
    public VendorError? Error { get; private set; }

    /// <summary>Adds the page that was read for <see cref="NextRange"/>.</summary>
    /// <returns>What is wrong with the list; null when the page fits.</returns>
    /// <exception cref="InvalidOperationException">There is nothing more to read.</exception>
    public VendorError? Add(EmployeePage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (NextRange is not { } range)
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

        _ranges.Dequeue();
        return null;
    }

    private static VendorError Broken(string why) =>
        new(VendorErrorKind.InvalidAnswer, $"The list of employees from CallGear is not whole: {why}.");
}
