using System.Globalization;

namespace OrleansSync.Load.Compare;

/// <summary>Prints the figures of turns, how they compare, and keeps them in a file.</summary>
internal sealed class CompareReport
{
    private const double Kilobyte = 1 << 10;
    private const double Megabyte = 1 << 20;

    private static readonly (string Name, string Format, Func<StepResult, double> Of) _allocated =
        ("allocated MiB/import", "0.000", result => result.Allocated / Megabyte / result.Imports);

    private static readonly (string Name, string Format, Func<StepResult, double> Of)[] _always =
    [
        ("accounts/s", "0.0", result => result.AccountsPerSecond),
        ("employees/s", "0", result => result.EmployeesPerSecond),
        ("seconds", "0.00", result => result.Time.TotalSeconds),
        ("processor s", "0.00", result => result.Processor.TotalSeconds),
        ("PostgreSQL s", "0.00", result => result.PostgresProcessor.TotalSeconds),
        ("accounts/processor s", "0.0", result => result.AccountsPerProcessorSecond),
        ("peak MiB", "0", result => result.Peak / Megabyte),
        ("above idle MiB", "0", result => (result.Peak - result.Idle) / Megabyte),
        ("Bitrix24 requests/import", "0.0", result => (double)result.Requests.Bitrix24 / result.Imports),
        ("CallGear requests/import", "0.0", result => (double)result.Requests.CallGear / result.Imports),
        ("rows/import", "0.0", result => (double)result.Rows / result.Imports),
        ("WAL KiB/import", "0.00", result => result.WalBytes / Kilobyte / result.Imports),
        ("sandbox s", "0.00", result => result.SandboxProcessor.TotalSeconds),
    ];

    private readonly (string Name, string Format, Func<StepResult, double> Of)[] _columns;

    private readonly List<(int Round, string Contender, StepResult Result)> _results = [];

    /// <summary>Makes an empty report.</summary>
    /// <param name="withAllocations">Whether allocated bytes were counted.</param>
    public CompareReport(bool withAllocations) => _columns = withAllocations ? [.. _always, _allocated] : _always;

    /// <summary>The results of a contender's step, a turn each.</summary>
    public IReadOnlyList<StepResult> Of(string contender, string step) =>
        [.. _results.Where(line => line.Contender == contender && line.Result.Step == step).Select(line => line.Result)];

    /// <summary>The steps in their order.</summary>
    public IReadOnlyList<string> Steps => [.. _results.Select(line => line.Result.Step).Distinct()];

    /// <summary>Prints the head of the table.</summary>
    public void PrintHead()
    {
        Console.WriteLine("| round | contender | step | " + string.Join(" | ", _columns.Select(column => column.Name)) + " |");
        Console.WriteLine("|" + string.Concat(Enumerable.Repeat(" --- |", _columns.Length + 3)));
    }

    /// <summary>Takes a result in and prints it.</summary>
    public void Add(int round, string contender, StepResult result)
    {
        _results.Add((round, contender, result));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {round} | {contender} | {result.Step} | {string.Join(" | ", Values(result))} |"));
    }

    /// <summary>Prints medians, and the ratios of the first contender to each of the others.</summary>
    public void PrintMedians(IReadOnlyList<Contender> contenders)
    {
        foreach (var step in Steps)
        {
            Console.WriteLine();
            Console.WriteLine($"{step}: medians" + (contenders.Count > 1 ? $", and {contenders[0].Name} divided by the others" : ""));
            Console.WriteLine();
            Console.WriteLine("| | " + string.Join(" | ", contenders.Select(contender => contender.Name))
                + string.Concat(contenders.Skip(1).Select(contender => $" | to {contender.Name}")) + " |");
            Console.WriteLine("|" + string.Concat(Enumerable.Repeat(" --- |", contenders.Count * 2)));
            foreach (var (name, format, figure) in _columns)
            {
                var medians = contenders.Select(contender => Medians.Of(Of(contender.Name, step).Select(figure))).ToList();
                var ratios = medians.Skip(1).Select(other =>
                    other == 0 ? "–" : (medians[0] / other).ToString("0.00", CultureInfo.InvariantCulture));
                Console.WriteLine($"| {name} | " + string.Join(
                    " | ", medians.Select(median => median.ToString(format, CultureInfo.InvariantCulture)).Concat(ratios)) + " |");
            }
        }
    }

    /// <summary>Writes all results into a file of comma-separated values.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path)
    {
        File.WriteAllLines(path,
        [
            "round,contender,step," + string.Join(',', _columns.Select(column => column.Name)),
            .. _results.Select(line => string.Create(
                CultureInfo.InvariantCulture,
                $"{line.Round},{line.Contender},\"{line.Result.Step}\",{string.Join(',', ExactValues(line.Result))}")),
        ]);
    }

    private IEnumerable<string> ExactValues(StepResult result) =>
        _columns.Select(column => column.Of(result).ToString("0.####", CultureInfo.InvariantCulture));

    private IEnumerable<string> Values(StepResult result) =>
        _columns.Select(column => column.Of(result).ToString(column.Format, CultureInfo.InvariantCulture));
}
