using CsCheck;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>What holds for one plan, whatever a run meets.</summary>
public sealed class ImportPlanProperties
{
    private const int Worlds = 1_000;

    [Fact]
    public void Create_AnyInput_DecidesOnceOnEveryEmployeeOfBitrix24ByRisingId() => ForEveryPlan((input, plan) =>
    {
        Assert.Equal(plan.UserIds().Distinct().Order(), plan.UserIds());
        var present = input.Users.Where(Importability.IsEmployee).Select(user => user.Id);
        Assert.Equal(
            present.Order(),
            plan.Decisions.Where(decision => decision is not (Remove or HoldRemoval or Forget)).Select(decision => decision.UserId));
    });

    [Fact]
    [Trait("Rule", "R6.2")]
    public void Create_AnyInput_RemovesOnlyImportedUsersThatAreGone() => ForEveryPlan((input, plan) =>
    {
        var present = input.Users.Where(Importability.IsEmployee).Select(user => user.Id).ToHashSet();
        var gone = input.Roster.Values.Where(entry => entry.IsImported && !present.Contains(entry.UserId)).Select(entry => entry.UserId);
        Assert.Equal(
            gone.Where(userId => userId == (input.OnlyUser ?? userId)),
            plan.Decisions.Where(decision => decision is Remove or HoldRemoval).Select(decision => decision.UserId));
        Assert.All(plan.Decisions.OfType<Forget>(), forget => Assert.Null(input.Roster[forget.UserId].Link));
    });

    [Fact]
    [Trait("Rule", "R8.1")]
    [Trait("Rule", "R8.2")]
    public void Create_AnyInput_DoesNothingToThoseWhoWait() => ForEveryPlan((input, plan) =>
    {
        Assert.Equal(plan.Held.Removals, plan.UsersWith<HoldRemoval>());
        Assert.Superset(plan.UsersWith<HoldRecreation>().ToHashSet(), plan.Held.Recreations.ToHashSet());
    });

    [Fact]
    [Trait("Rule", "R8.1")]
    public void Create_Approved_RemovesAndRecreatesNobodyElse() => ForEveryPlan((input, plan) =>
    {
        if (!input.Approved.IsEmpty)
        {
            Assert.Subset(input.Approved.Removals.ToHashSet(), plan.UsersWith<Remove>().ToHashSet());
            Assert.All(
                plan.Decisions.OfType<CreateEmployee>(),
                create => Assert.True(create.StaleEmployeeId is null || MayReplace(input, create.UserId)));
        }
    });

    [Fact]
    [Trait("Rule", "R3.8")]
    public void Create_AnyInput_GivesNoEmployeeToTwoUsers() => ForEveryPlan((input, plan) =>
    {
        var given = plan.Decisions.Select(EmployeeGiven).OfType<long>().ToArray();
        Assert.Equal(given.Distinct().Count(), given.Length);
        Assert.Equal(
            plan.Decisions.OfType<CreateEmployee>().DistinctBy(create => create.Email, StringComparer.OrdinalIgnoreCase).Count(),
            plan.Decisions.OfType<CreateEmployee>().Count());
    });

    [Fact]
    [Trait("Rule", "R3.3")]
    public void Create_AnyInput_CreatesOnlyMarkedCompleteEmployeesNobodyHasTheAddressOf() => ForEveryPlan((input, plan) =>
    {
        foreach (var create in plan.Decisions.OfType<CreateEmployee>())
        {
            Assert.Equal(create.Email, create.Employee.Email);
            Assert.Equal(create.Employee.Email.Trim(), create.Email);
            Assert.StartsWith("(bitrix24)", create.Employee.LastName, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(input.Employees, employee => FieldText.EmailComparer.Equals(employee.Email?.Trim(), create.Email));
            Assert.All(create.Employee.Numbers, number => Assert.Matches("^[0-9]+$", number));
        }
    });

    [Fact]
    [Trait("Rule", "R3.2")]
    public void Create_AnyInput_LinksOnlyTheOneFreeEmployeeWithTheAddress() => ForEveryPlan((input, plan) =>
    {
        foreach (var link in plan.Decisions.OfType<LinkEmployee>())
        {
            Assert.Equal(link.Employee, Assert.Single(
                input.Employees, employee => FieldText.EmailComparer.Equals(employee.Email?.Trim(), link.Email)));
            Assert.DoesNotContain(plan.Decisions, decision => decision is HoldRemoval hold && hold.EmployeeId == link.Employee.Id);
            Assert.NotEqual(link.UserId, link.TakenOverFrom);
        }
    });

    [Fact]
    [Trait("Rule", "R3.1")]
    public void Create_AnyInput_MatchesOnlyLinkedUsersAndSendsNothingForThem() => ForEveryPlan((input, plan) =>
    {
        foreach (var match in plan.Decisions.OfType<Match>())
        {
            Assert.Equal(match.EmployeeId, input.Roster[match.UserId].Link!.EmployeeId);
            Assert.Equal(match.IsReturn, input.Roster[match.UserId].IsDeleted);
            Assert.Contains(input.Employees, employee => employee.Id == match.EmployeeId);
        }

        var before = PlanModel.Of(input);
        var after = before.After(plan);
        var changed = plan.Decisions.Where(decision => decision is FillNumbers or LinkEmployee).Select(EmployeeGiven).ToHashSet();
        Assert.All(
            before.Employees.Values.Where(employee => !changed.Contains(employee.Id)),
            employee => Assert.Same(employee, after.Employees[employee.Id]));
    });

    [Fact]
    public void Create_SameFactsInAnotherOrder_DecidesTheSame() => ImportGen.Input.Sample(
        input => Assert.Equal(
            Written(ImportPlan.Create(input)),
            Written(ImportPlan.Create(input with
            {
                Users = [.. input.Users.Reverse()],
                Employees = [.. input.Employees.OrderByDescending(employee => employee.Id)],
            }))),
        iter: Worlds);

    [Fact]
    [Trait("Rule", "R8.10")]
    public void DecideAgain_OneFreeEmployeeTurnedUp_NeverCreates() => ForEveryPlan((input, plan) =>
    {
        foreach (var create in plan.Decisions.OfType<CreateEmployee>())
        {
            var found = new AccountEmployee { Id = 99, Email = $" {create.Employee.Email.ToUpperInvariant()}" };
            var again = plan.DecideAgain(create.UserId, [found]);
            var link = Assert.IsType<LinkEmployee>(again);
            Assert.Equal((99, create.UserId, create.StaleEmployeeId), (link.Employee.Id, link.UserId, link.StaleEmployeeId));
        }
    });

    private static void ForEveryPlan(Action<ImportInput, ImportPlan> holds) =>
        ImportGen.Input.Sample(input => holds(input, ImportPlan.Create(input)), iter: Worlds, print: ImportGen.Print);

    // R8.2: the employee of a link may be replaced when that was approved, or when it is not missing but another user's.
    private static bool MayReplace(ImportInput input, long userId) =>
        input.Approved.Recreations.Contains(userId)
        || input.Employees.Any(employee => employee.Id == input.Roster[userId].Link!.EmployeeId);

    private static long? EmployeeGiven(Decision decision) => decision switch
    {
        Match match => match.EmployeeId,
        FillNumbers fill => fill.EmployeeId,
        LinkEmployee link => link.Employee.Id,
        _ => null,
    };

    private static string Written(ImportPlan plan) => string.Join('\n', plan.Decisions.Select(decision => decision switch
    {
        FillNumbers fill => $"{fill} {string.Join(',', fill.Numbers)}",
        LinkEmployee link => $"{link} {string.Join(',', link.Numbers)}",
        CreateEmployee create => $"{create} {string.Join(',', create.Employee.Numbers)}",
        _ => decision.ToString(),
    }));
}
