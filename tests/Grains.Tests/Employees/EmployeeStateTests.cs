using OrleansSync.Grains.Employees;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Tests.Employees;

public sealed class EmployeeStateTests
{
    [Fact]
    public void With_ManyEntries_KeepsTheNewest()
    {
        var state = new EmployeeState();
        for (var day = 0; day < EmployeeState.HistoryLimit + 5; day++)
        {
            state = state.With(Entry(day, ChangeOutcome.Returned, null));
        }

        Assert.Equal(EmployeeState.HistoryLimit, state.History.Length);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(EmployeeState.HistoryLimit + 4), state.History[0].At);
    }

    [Fact]
    public void With_AFailureThatRepeats_AddsNothing()
    {
        var problem = new Problem(ProblemCode.Rejected, "No.");
        var state = new EmployeeState().With(Entry(1, ChangeOutcome.Failed, problem));

        Assert.Same(state, state.With(Entry(2, ChangeOutcome.Failed, problem)));
        Assert.Equal(2, state.With(Entry(2, ChangeOutcome.Failed, problem with { Message = "Still no." })).History.Length);
        Assert.Equal(2, state.With(Entry(2, ChangeOutcome.Skipped, problem)).History.Length);
    }

    private static HistoryEntry Entry(int day, ChangeOutcome outcome, Problem? reason) =>
        new() { At = DateTimeOffset.UnixEpoch.AddDays(day), RunId = "run", Outcome = outcome, Reason = reason };
}
