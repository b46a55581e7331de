using BenchmarkDotNet.Attributes;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Micro.Data;

namespace OrleansSync.Micro;

/// <summary>What a run decides, without any I/O.</summary>
public class ImportPlanBenchmarks
{
    private ImportInput _new = null!;
    private ImportInput _unchanged = null!;

    /// <summary>Users of the portal.</summary>
    [Params(100, 10_000, 50_000)]
    public int Users { get; set; }

    /// <summary>Makes the input, and makes sure that it is decided on as its name says.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        (_new, _unchanged) = (ImportInputs.New(Users), ImportInputs.Unchanged(Users));
        Require<CreateEmployee>(_new);
        Require<Match>(_unchanged);
    }

    /// <summary>Everybody is new.</summary>
    [Benchmark]
    public object New() => ImportPlan.Create(_new);

    /// <summary>Everybody is linked, and nothing changed.</summary>
    [Benchmark]
    public object Unchanged() => ImportPlan.Create(_unchanged);

    private void Require<T>(ImportInput input)
        where T : Decision
    {
        var decided = ImportPlan.Create(input).Decisions.OfType<T>().Count();
        if (decided != Users)
        {
            throw new InvalidOperationException($"{decided} of {Users} users are a {typeof(T).Name}.");
        }
    }
}
