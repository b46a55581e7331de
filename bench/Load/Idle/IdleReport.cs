using System.Globalization;

namespace OrleansSync.Load.Idle;

/// <summary>
/// Prints figures, a line for each number of accounts, and keeps them in a file. What an account takes is the difference to the line
/// before, so that what the service takes without any is not in it.
/// </summary>
internal sealed class IdleReport
{
    private const double Megabyte = 1 << 20;
    private const string None = "–";

    private static readonly (string Name, string Format, Func<IdleFigures, double> Of)[] _columns =
    [
        ("accounts", "0", figures => figures.Accounts),
        ("ready s", "0.0", figures => figures.Ready.TotalSeconds),
        ("memory MiB", "0", figures => figures.Memory / Megabyte),
        ("processor s/min", "0.00", figures => figures.Processor.TotalSeconds),
        ("PostgreSQL s/min", "0.00", figures => figures.PostgresProcessor.TotalSeconds),
    ];

    private static readonly (string Name, string Format, Func<IdleFigures, double> Of)[] _differences =
    [
        ("bytes/account", "0", figures => figures.Memory),
        ("processor µs/account/min", "0.00", figures => figures.Processor.TotalMicroseconds),
        ("PostgreSQL µs/account/min", "0.00", figures => figures.PostgresProcessor.TotalMicroseconds),
    ];

    private readonly List<IdleFigures> _lines = [];

    /// <summary>The figures so far, by rising number of accounts.</summary>
    public IReadOnlyList<IdleFigures> Lines => _lines;

    /// <summary>Prints the head of the table.</summary>
    public static void PrintHead()
    {
        Console.WriteLine("| " + string.Join(" | ", Names()) + " |");
        Console.WriteLine("|" + string.Concat(Enumerable.Repeat(" --- |", Names().Count())));
    }

    /// <summary>Takes figures in and prints them.</summary>
    /// <param name="figures">Of more accounts than those before.</param>
    public void Add(IdleFigures figures)
    {
        _lines.Add(figures);
        Console.WriteLine("| " + string.Join(" | ", Values(_lines.Count - 1, isExact: false).Select(value => value ?? None)) + " |");
    }

    /// <summary>Writes all figures into a file of comma-separated values.</summary>
    /// <param name="path">The file.</param>
    public void Write(string path) => File.WriteAllLines(
        path, [string.Join(',', Names()), .. _lines.Select((_, line) => string.Join(',', Values(line, isExact: true)))]);

    private static IEnumerable<string> Names() => _columns.Concat(_differences).Select(column => column.Name);

    // A difference of the first line is null.
    private IEnumerable<string?> Values(int line, bool isExact)
    {
        var (now, before) = (_lines[line], line == 0 ? null : _lines[line - 1]);
        return _columns.Select(string? (column) => Text(column.Of(now), column.Format))
            .Concat(_differences.Select(column => before is null
                ? null
                : Text((column.Of(now) - column.Of(before)) / (now.Accounts - before.Accounts), column.Format)));

        string Text(double figure, string format) => figure.ToString(isExact ? "0.####" : format, CultureInfo.InvariantCulture);
    }
}
