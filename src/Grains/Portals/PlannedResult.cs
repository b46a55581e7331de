using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Portals;

/// <summary>R8.3: what carrying out a decision would give, by the lists as they were read.</summary>
internal static class PlannedResult
{
    /// <summary>The result to expect.</summary>
    public static EmployeeResult Of(Decision decision) => decision switch
    {
        CreateEmployee create => new EmployeeResult
        {
            Outcome = ChangeOutcome.Created,
            Fields = LinkUpdate.FieldsOf(create.Employee),
            NumbersAdded = create.Employee.Numbers.Length,
        },
        LinkEmployee link => Of(LinkUpdate.ForLink(link.Employee, link.UserLastName, link.Numbers), ChangeOutcome.Linked)
            with
        {
            Row = new UserRow
            {
                UserId = link.UserId,
                Name = link.Name,
                Outcome = EmployeeOutcome.Linked,
                Link = new EmployeeLink(link.Employee.Id, link.Email!, LinkOrigin.Email, default),
            },
        },
        FillNumbers fill => Of(
            LinkUpdate.ForNumbers(
                new AccountEmployee { Id = fill.EmployeeId, LastName = fill.EmployeeLastName },
                fill.UserLastName ?? fill.Name,
                fill.Numbers),
            ChangeOutcome.PhoneAdded),
        _ => new EmployeeResult(),
    };

    private static EmployeeResult Of(LinkUpdate update, ChangeOutcome outcome) =>
        new() { Outcome = outcome, Fields = update.Fields, NumbersAdded = update.NumbersAdded };
}
