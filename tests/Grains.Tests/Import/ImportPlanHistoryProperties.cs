using System.Collections.Immutable;
using CsCheck;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>What holds when plans are carried out, run after run.</summary>
public sealed class ImportPlanHistoryProperties
{
    private static readonly Gen<ImportStep[]> _history = Gen.Select(
            ImportGen.PortalUsers, Gen.Long[1, 2 * ImportGen.Employees].Array[0, 2], Gen.Bool, ImportGen.Settings)
        .Select((users, dismissed, approves, settings) => new ImportStep(users, [.. dismissed], approves, settings))
        .Array[1, 6];

    [Fact]
    [Trait("Rule", "R3.8")]
    public void Create_PlanWasCarriedOut_TheNextRunChangesNothing() => ImportGen.Input.Sample(
        input =>
        {
            var first = ImportPlan.Create(input);
            var model = PlanModel.Of(input).After(first, input.OnlyUser);
            var second = ImportPlan.Create(model.Next(input));

            Assert.All(
                second.Decisions, decision => Assert.True(decision is Match or Skip or HoldRemoval or HoldRecreation, $"{decision}"));
            Assert.All(second.Decisions.OfType<Match>(), match => Assert.False(match.IsReturn));
            Assert.All(second.Decisions.OfType<Skip>(), skip => Assert.False(skip.EndsStaleLink));
            Assert.Equal(first.Held.Removals, second.Held.Removals);
            Assert.Equal(first.Held.Recreations, second.Held.Recreations);
            Assert.Equal(model.Employees.Values, model.After(second).Employees.Values);
        },
        iter: 1_000,
        print: ImportGen.Print);

    [Fact]
    [Trait("Rule", "R6.1")]
    public void Create_PlanWasCarriedOut_EmployeesOnlyBecomeMoreAndKeepTheirNumbers() => ImportGen.Input.Sample(
        input =>
        {
            var before = PlanModel.Of(input);
            var after = before.After(ImportPlan.Create(input));

            foreach (var (id, employee) in before.Employees)
            {
                var now = after.Employees[id];
                Assert.Equal(employee.Numbers, now.Numbers.Take(employee.Numbers.Length));
                Assert.True(employee.Numbers.IsEmpty || employee.Numbers.Length == now.Numbers.Length);
                Assert.Equal((employee.Email, employee.FirstName), (now.Email, now.FirstName));
                Assert.EndsWith(employee.LastName?.Trim() ?? string.Empty, now.LastName?.Trim() ?? string.Empty, StringComparison.Ordinal);
            }
        },
        iter: 1_000,
        print: ImportGen.Print);

    [Fact]
    [Trait("Rule", "R3.8")]
    [Trait("Rule", "R7.1")]
    public void Create_RunAfterRun_NeverGivesOneEmployeeToTwoUsersOrTwoEmployeesToOneAddress() => _history.Sample(
        steps =>
        {
            var model = PlanModel.Empty;
            foreach (var step in steps)
            {
                model = model with { Employees = model.Employees.RemoveRange(step.DismissedEmployees) };
                var plan = ImportPlan.Create(step.Input(model));
                model = model.After(plan);

                Assert.Equal(model.Responsible.Distinct().Count(), model.Responsible.Count());
                Assert.Equal(
                    model.Employees.Values.DistinctBy(employee => employee.Email, FieldText.EmailComparer).Count(),
                    model.Employees.Count);
                Assert.All(model.Roster.Values, entry => Assert.True(!entry.IsDeleted || !plan.UsersWith<Match>().Contains(entry.UserId)));
            }
        },
        iter: 500);

    /// <summary>What happened before a run, and what a person decided for it.</summary>
    private sealed record ImportStep(
        ImmutableArray<PortalUser> Users, ImmutableArray<long> DismissedEmployees, bool Approves, AccountSettings Settings)
    {
        public ImportInput Input(PlanModel model) => new()
        {
            Users = Users,
            Employees = [.. model.Employees.Values],
            Roster = model.Roster,
            Settings = Settings,
            Awaiting = model.Awaiting,
            Approved = Approves ? model.Awaiting : AwaitingApproval.None,
        };
    }
}
