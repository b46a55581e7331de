namespace OrleansSync.CallGear.Employees;

/// <summary>
/// Puts pages of any size together to one list and proves that it is whole. CallGear's list has no stable order, so pages may overlap or
/// miss somebody: it is whole only when every page told the same total and as many different employees were read (R8.10).
/// </summary>
public sealed class EmployeeList
{
    /// <summary>Employees to ask for with one page: the most that the vendor answers.</summary>
    public const int PageSize = 10_000;

    /// <summary>The furthest that the vendor lets a page begin.</summary>
    public const int MaxOffset = 100_000;

    private readonly Dictionary<long, CallGearEmployee> _employees = [];
    private long? _total;

    /// <summary>The employees so far, each once.</summary>
    public IReadOnlyCollection<CallGearEmployee> Employees => _employees.Values;

    /// <summary>Employees there are, as the first page told; 0 before it.</summary>
    public long TotalItems => _total ?? 0;

    /// <summary>Where the next page begins; null when there is nothing more to read.</summary>
    public int? NextOffset { get; private set; } = 0;

    /// <summary>Whether it takes several pages, which may overlap.</summary>
    public bool IsDivided { get; private set; }

    /// <summary>Whether this is every employee there is.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>
    /// Whether reading once more can help: the list changed between its pages, or they overlapped. False for an account that is larger than
    /// the vendor lets anybody read.
    /// </summary>
    public bool IsWorthReadingAgain { get; private set; }

    /// <summary>Why this is not a whole list; null while nothing is wrong.</summary>
    public VendorError? Error { get; private set; }

    /// <summary>Adds the page that was read at <see cref="NextOffset"/>.</summary>
    /// <param name="page">The page.</param>
    /// <param name="limit">Employees that were asked for; pages of one list may differ.</param>
    /// <returns>What is wrong with the list; null when the page fits.</returns>
    /// <exception cref="InvalidOperationException">There is nothing more to read.</exception>
    public VendorError? Add(EmployeePage page, int limit = PageSize)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (NextOffset is not { } offset)
        {
            throw new InvalidOperationException("The list has ended.");
        }

        _total ??= page.TotalItems;
        if (page.TotalItems != _total)
        {
            return End(Broken($"the number of employees changed from {_total} to {page.TotalItems} while it was read"), again: true);
        }

        if (_total > MaxOffset + PageSize)
        {
            return End(
                Broken($"the account has {_total} employees and CallGear lets no more than {MaxOffset + PageSize} be read"), again: false);
        }

        foreach (var employee in page.Employees)
        {
            _employees[employee.Id] = employee;
        }

        // The last page that may be begun overlaps with the one before it, where that one was not a full one.
        var read = offset + limit;
        if (read < _total && page.Employees.Count > 0 && offset < MaxOffset)
        {
            IsDivided = true;
            NextOffset = Math.Min(read, MaxOffset);
            return null;
        }

        if (_employees.Count != _total)
        {
            return End(Broken($"{_employees.Count} different employees came instead of {_total}"), again: true);
        }

        IsComplete = true;
        return End(null, again: false);
    }

    private VendorError? End(VendorError? error, bool again)
    {
        NextOffset = null;
        IsWorthReadingAgain = again;
        return Error = error;
    }

    private static VendorError Broken(string why) =>
        new(VendorErrorKind.InvalidAnswer, $"The list of employees from CallGear is not whole: {why}.");
}
