using System.Collections.Immutable;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>
/// CallGear and the roster as they are after a plan was carried out without any fault. R8.8: a plan for one user leaves the others waiting.
/// </summary>
internal sealed record PlanModel(
    ImmutableSortedDictionary<long, AccountEmployee> Employees,
    ImmutableSortedDictionary<long, UserRow> Roster,
    AwaitingApproval Awaiting,
    long NextEmployeeId)
{
    /// <summary>An account that was never imported, with nobody in CallGear.</summary>
    public static PlanModel Empty { get; } = new(
        ImmutableSortedDictionary<long, AccountEmployee>.Empty, ImmutableSortedDictionary<long, UserRow>.Empty, AwaitingApproval.None, 1);

    public static PlanModel Of(ImportInput input) =>
        new(input.Employees.ToImmutableSortedDictionary(employee => employee.Id, employee => employee), input.Roster, input.Awaiting, 100);

    /// <summary>R7.1: the employees of users that are imported and not deleted.</summary>
    public IEnumerable<long> Responsible => Roster.Values.Where(entry => entry.IsImported).Select(entry => entry.Link!.EmployeeId);

    /// <summary>What the next run decides on.</summary>
    public ImportInput Next(ImportInput input) => input with
    {
        Employees = [.. Employees.Values],
        Roster = Roster,
        Awaiting = Awaiting,
        Approved = AwaitingApproval.None,
    };

    public PlanModel After(ImportPlan plan, long? onlyUser = null) => plan.Decisions.Aggregate(
        this, (model, decision) => model.After(decision)) with
    {
        Awaiting = onlyUser is { } only
            ? new(Awaiting.Removals.Remove(only).Union(plan.Held.Removals), Awaiting.Recreations.Remove(only).Union(plan.Held.Recreations))
            : plan.Held,
    };

    private PlanModel After(Decision decision) => decision switch
    {
        Match match => Entered(match, EmployeeOutcome.Matched, LinkOf(match.UserId)),
        FillNumbers fill => Updated(LinkUpdate.ForNumbers(Employees[fill.EmployeeId], fill.UserLastName ?? fill.Name, fill.Numbers))
            .Entered(fill, EmployeeOutcome.Matched, LinkOf(fill.UserId)),
        LinkEmployee link => Updated(LinkUpdate.ForLink(Employees[link.Employee.Id], link.UserLastName, link.Numbers))
            .TakenOver(link.TakenOverFrom)
            .Entered(link, EmployeeOutcome.Linked, ImportScenario.LinkTo(link.Employee.Id, link.Email!)),
        CreateEmployee create => Created(create),
        Skip skip => Entered(skip, EmployeeOutcome.Skipped, skip.EndsStaleLink ? null : LinkOf(skip.UserId)),
        HoldRecreation hold => Entered(hold, EmployeeOutcome.Skipped, LinkOf(hold.UserId)),
        Remove remove => Entered(remove, EmployeeOutcome.Deleted, LinkOf(remove.UserId)),
        HoldRemoval => this,
        Forget forget => this with { Roster = Roster.Remove(forget.UserId) },
        _ => throw new InvalidOperationException($"The model does not know {decision}."),
    };

    private PlanModel Created(CreateEmployee create)
    {
        var employee = new AccountEmployee
        {
            Id = NextEmployeeId,
            FirstName = create.Employee.FirstName,
            LastName = create.Employee.LastName,
            Patronymic = create.Employee.Patronymic,
            Email = create.Employee.Email,
            Numbers = [.. create.Employee.Numbers.Select(number => new EmployeeNumber(number))],
        };
        return (this with { Employees = Employees.Add(employee.Id, employee), NextEmployeeId = NextEmployeeId + 1 })
            .Entered(create, EmployeeOutcome.Created, ImportScenario.LinkTo(employee.Id, create.Employee.Email));
    }

    private PlanModel Updated(LinkUpdate update) => update.Update is { } sent
        ? this with { Employees = Employees.SetItem(sent.Id, Employees[sent.Id] with { LastName = sent.LastName, Numbers = sent.Numbers }) }
        : this;

    // R3.7: the old user stays deleted, without an employee.
    private PlanModel TakenOver(long? from) => from is { } userId
        ? this with { Roster = Roster.SetItem(userId, Roster[userId] with { Outcome = EmployeeOutcome.Deleted, Link = null }) }
        : this;

    private PlanModel Entered(Decision decision, EmployeeOutcome outcome, EmployeeLink? link) => this with
    {
        Roster = Roster.SetItem(
            decision.UserId,
            new UserRow { UserId = decision.UserId, Name = decision.Name, Email = decision.Email, Outcome = outcome, Link = link }),
    };

    private EmployeeLink? LinkOf(long userId) => Roster.GetValueOrDefault(userId)?.Link;
}
