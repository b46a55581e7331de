using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Portals;
using OrleansSync.Grains.Tests.Employees;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>R8.5: whose affair it is when CallGear forbids to create or to change employees.</summary>
[Trait("Rule", "R8.5")]
public sealed class WriteRightsTests
{
    private static readonly CreateEmployee _create = new(
        1, "Ann Lee", "ann@example.com", new NewEmployee { LastName = "(bitrix24) Lee", Email = "ann@example.com" }, LookUpFirst: false);

    private static readonly LinkEmployee _link =
        new(2, "Bob Lee", "bob@example.com", new AccountEmployee { Id = 7, LastName = "Lee" }, "Lee", []);

    private static readonly FillNumbers _fill = new(3, "Cid Lee", null, 8, ["1"], IsReturn: false);
    private static readonly EmployeeResult _refused =
        new() { Outcome = ChangeOutcome.Failed, WriteRefusal = ScriptedCallGear.Forbidden };

    private static readonly EmployeeResult _created = new() { Outcome = ChangeOutcome.Created };
    private static readonly EmployeeResult _changed =
        new() { Outcome = ChangeOutcome.Linked, Fields = [new FieldChange("lastName", "Lee", "(bitrix24) Lee")] };

    private readonly WriteRights _rights = new();

    [Fact]
    public void RefusedBeforehand_AfterThreeRefusals_NobodyElseIsTried_AndEachIsTold()
    {
        Note(_create, _refused, WriteRights.EnoughRefusals - 1);
        Assert.Null(_rights.RefusedBeforehand(_create));

        Note(_create, _refused);

        var result = _rights.RefusedBeforehand(_create)!;
        Assert.Equal((ChangeOutcome.Failed, ProblemCode.Rejected, 0), (result.Outcome, result.Reason!.Code, result.Calls));
        Assert.StartsWith("Ann Lee (user 1): ", result.Reason.Message, StringComparison.Ordinal);
        Assert.Contains("create employees (create.employees)", result.Reason.Message, StringComparison.Ordinal);
        Assert.Null(_rights.RefusedBeforehand(_link));
        Assert.Null(_rights.RefusedBeforehand(_fill));
    }

    [Fact]
    public void RefusedBeforehand_ChangesAreForbidden_WhoNeedsNoneIsTried()
    {
        Note(_link, _refused, 2);
        Note(_fill, _refused);

        Assert.Contains("change employees (update.employees)", _rights.RefusedBeforehand(_link)!.Reason!.Message, StringComparison.Ordinal);
        Assert.NotNull(_rights.RefusedBeforehand(_fill));
        Assert.Null(_rights.RefusedBeforehand(_create));
        Assert.Null(_rights.RefusedBeforehand(_link with { Employee = _link.Employee with { LastName = "(bitrix24) Lee" } }));
    }

    [Fact]
    public void RefusedBeforehand_OneWasCreated_AllAreTried()
    {
        Note(_create, _created);
        Note(_create, _refused, 5);

        Assert.Null(_rights.RefusedBeforehand(_create));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OfAccount_OneOfTheTwoIsGranted_IsNotTheAccounts(bool isCreatingGranted)
    {
        Note(_create, isCreatingGranted ? _created : _refused);
        Note(_link, isCreatingGranted ? _refused : _changed);

        Assert.Null(_rights.OfAccount(hasImported: false));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void OfAccount_BothAreRefused_IsTheAccounts(bool hasImported)
    {
        Note(_create, _refused);
        Note(_fill, _refused);

        Assert.Same(ScriptedCallGear.Forbidden, _rights.OfAccount(hasImported));
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void OfAccount_OnlyOneWasAskedFor_IsTheAccountsWhereNothingWasEverWritten(bool hasImported, bool isAccounts)
    {
        Note(_create, _refused);

        Assert.Equal(isAccounts, _rights.OfAccount(hasImported) is not null);
    }

    [Fact]
    public void OfAccount_NothingWasRefused_IsNone() => Assert.Null(_rights.OfAccount(hasImported: false));

    private void Note(EmployeeInstruction instruction, EmployeeResult result, int times = 1)
    {
        for (; times > 0; times--)
        {
            _rights.Note(instruction, result);
        }
    }
}
