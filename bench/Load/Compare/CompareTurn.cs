using System.Globalization;
using OrleansSync.Testing;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Load.Compare;

/// <summary>A contender's turn, with a database server and a sandbox of its own.</summary>
internal sealed class CompareTurn
{
    private const int WarmUpUsers = 100;

    // So many that what is called once an import is compiled for good.
    private const int WarmUpTimes = 5;
    private static readonly TimeSpan _startPatience = TimeSpan.FromSeconds(60);

    private readonly CompareSettings _settings;
    private readonly SandboxProcess _sandbox;
    private readonly IContender _contender;
    private readonly StepMeter _meter;
    private List<Tenant> _tenants = [];
    private int _users;

    private CompareTurn(CompareSettings settings, SandboxProcess sandbox, IContender contender, StepMeter meter) =>
        (_settings, _sandbox, _contender, _meter, _users) = (settings, sandbox, contender, meter, settings.Users);

    /// <summary>Measures a contender.</summary>
    /// <param name="settings">What is measured.</param>
    /// <param name="start">Starts it on a database.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    /// <exception cref="IncompleteImportException">An employee is missing or too much, or an import did not succeed.</exception>
    public static async Task<IReadOnlyList<StepResult>> RunAsync(
        CompareSettings settings, Func<string, CancellationToken, Task<IContender>> start, CancellationToken cancellationToken)
    {
        await using var postgres = await PostgresProcess.StartAsync(LoopbackPorts.TakeFree(1)[0], isDurable: settings.IsDurable);
        if (!await postgres.WaitUntilReadyAsync(_startPatience))
        {
            throw new InvalidOperationException("PostgreSQL did not start:" + Environment.NewLine + postgres.Output);
        }

        await using var database = await DatabaseFigures.OfAsync(postgres.ConnectionString, cancellationToken);
        await using var sandbox = await SandboxProcess.StartAsync(cancellationToken);
        await using var contender = await start(postgres.ConnectionString, cancellationToken);
        await using var allocations = settings.CountsAllocations ? new Allocations(contender.ProcessIds) : null;
        await using var meter = new StepMeter(contender, sandbox, database, allocations);
        return await new CompareTurn(settings, sandbox, contender, meter).MeasureAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<StepResult>> MeasureAsync(CancellationToken cancellationToken)
    {
        if (_settings.WarmUp > 0)
        {
            await WarmUpAsync(await AddAsync("warm", _settings.WarmUp, WarmUpUsers, cancellationToken), cancellationToken);
        }

        _tenants = await AddAsync("account", _settings.Accounts, _settings.Users, cancellationToken);
        var cold = _settings.IsCold ? ", cold" : "";
        IReadOnlyList<StepResult> results = _settings.Case switch
        {
            CompareCase.Unchanged => [await RepeatAsync("unchanged" + cold, newUsers: 0, cancellationToken)],
            CompareCase.Changed => [await RepeatAsync("1 % new" + cold, Math.Max(1, _settings.Users / 100), cancellationToken)],
            CompareCase.First => [await MeasureFirstAsync(cancellationToken)],
            _ => [await MeasureFirstAsync(cancellationToken), await AgainAsync(cancellationToken)],
        };
        foreach (var tenant in _tenants)
        {
            await _sandbox.RequireAsync(tenant, _users, cancellationToken);
        }

        return results;
    }

    private async Task WarmUpAsync(List<Tenant> tenants, CancellationToken cancellationToken)
    {
        await FirstAsync(tenants, WarmUpUsers, cancellationToken);
        for (var time = 0; time < WarmUpTimes; time++)
        {
            await _contender.AskAsync(tenants, cancellationToken);
            await _contender.EndAsync(tenants, cancellationToken);
        }
    }

    private async Task<StepResult> MeasureFirstAsync(CancellationToken cancellationToken)
    {
        await _meter.BeginAsync(cancellationToken);
        await _meter.PassAsync(
            _tenants, _users, LeastRequests(_users), () => _contender.ConnectAsync(_tenants, cancellationToken), cancellationToken);
        return await _meter.EndAsync("first", cancellationToken);
    }

    private async Task<StepResult> RepeatAsync(string step, int newUsers, CancellationToken cancellationToken)
    {
        await FirstAsync(_tenants, _users, cancellationToken);
        await _contender.AskAsync(_tenants, cancellationToken);
        await _contender.EndAsync(_tenants, cancellationToken);
        await _meter.BeginAsync(cancellationToken);
        for (var time = 0; time < _settings.Times; time++)
        {
            if (_settings.IsCold)
            {
                await _contender.ForgetAsync(cancellationToken);
            }

            await AddUsersAsync(newUsers, cancellationToken);
            await PassAsync(newUsers, cancellationToken);
        }

        return await _meter.EndAsync(step, cancellationToken);
    }

    private async Task<StepResult> AgainAsync(CancellationToken cancellationToken)
    {
        await _meter.BeginAsync(cancellationToken);
        for (var time = 0; time < _settings.Times; time++)
        {
            await PassAsync(newUsers: 0, cancellationToken);
        }

        return await _meter.EndAsync("again", cancellationToken);
    }

    private Task PassAsync(int newUsers, CancellationToken cancellationToken) => _meter.PassAsync(
        _tenants, _users, LeastRequests(newUsers), () => _contender.AskAsync(_tenants, cancellationToken), cancellationToken);

    private async Task FirstAsync(IReadOnlyList<Tenant> tenants, int users, CancellationToken cancellationToken)
    {
        await _contender.ConnectAsync(tenants, cancellationToken);
        await _contender.EndAsync(tenants, cancellationToken);
        await _sandbox.RequireAsync(tenants[^1], users, cancellationToken);
    }

    private async Task AddUsersAsync(int count, CancellationToken cancellationToken)
    {
        foreach (var tenant in _tenants)
        {
            for (var added = 1; added <= count; added++)
            {
                await _sandbox.AddUserAsync(tenant, _users + added, cancellationToken);
            }
        }

        _users += count;
    }

    private async Task<List<Tenant>> AddAsync(string name, int count, int users, CancellationToken cancellationToken)
    {
        var tenants = new List<Tenant>();
        for (var number = 1; number <= count; number++)
        {
            tenants.Add(await _sandbox.AddAsync(
                string.Create(CultureInfo.InvariantCulture, $"{name}-{number}"), number, users, cancellationToken));
        }

        return tenants;
    }

    // Of a pass: both lists of every account, and one for each user who is missing.
    private long LeastRequests(int missing) => _tenants.Count * (2L + missing);
}
