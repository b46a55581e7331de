using CsCheck;
using OrleansSync.Faults.Accounts;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Requests;
using OrleansSync.Testing.Client;

namespace OrleansSync.Faults.Invariants;

/// <summary>The checker finds nothing in sound evidence, and each violation in evidence that has it.</summary>
public sealed class ImportInvariantsTests
{
    // A seed whose account has a group, users of every kind, and more than one of most.
    private static readonly AccountPlan _plan = Enumerable.Range(1, 1000).Select(seed => AccountPlanner.Create(seed, 60)).First(plan =>
        plan.HasGroup && Enum.GetValues<ExpectedOutcome>().All(outcome => plan.Users.Any(user => user.Expected == outcome)));

    private static readonly ImportEvidence _sound = SoundEvidence.Of(_plan);
    private static readonly PlannedUser _created =
        _plan.Users.First(user => user.Expected == ExpectedOutcome.Created && user.Numbers.Count > 0);
    private static readonly PlannedUser _linked = _plan.Users.First(user => user.Expected == ExpectedOutcome.Linked);
    private static readonly PlannedUser _skipped = _plan.Users.First(user => user.Expected == ExpectedOutcome.Skipped);
    private static readonly Employee _employee =
        _sound.Employees.Single(employee => employee.CreatedByApi && employee.Email == _created.Email);

    [Fact]
    public void Check_EvidenceOfAFaultlessImport_FindsNothing() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[0, 60]).Sample(
            (seed, users) => ImportInvariants.Check(SoundEvidence.Of(AccountPlanner.Create(seed, users))).Count == 0);

    [Fact]
    [Trait("Rule", "R3.8")]
    public void Check_SecondEmployeeOfAUser_IsFound() =>
        AssertFound(
            ViolationKind.Duplicate,
            _sound with { Employees = [.. _sound.Employees, _employee with { Id = 999_999, Email = _created.Email!.ToUpperInvariant() }] });

    [Fact]
    [Trait("Rule", "R3.3")]
    public void Check_UserWithoutEmployee_IsFound() =>
        AssertFound(
            ViolationKind.NotImported, _sound with { Employees = [.. _sound.Employees.Where(employee => employee.Id != _employee.Id)] });

    [Fact]
    public void Check_EmployeeCreatedForNobody_IsFound() =>
        AssertFound(ViolationKind.Stranger, _sound with
        {
            Employees = [.. _sound.Employees, new Employee { Id = 999_999, Email = "nobody@example.com", CreatedByApi = true }],
        });

    [Fact]
    public void Check_ChangedStranger_IsFound()
    {
        var stranger = _plan.Employees.Single(employee => employee.Email == "stranger@example.com");
        AssertFound(
            ViolationKind.Stranger,
            _sound with { Changes = [.. _sound.Changes, new EmployeeChange(SoundEvidence.Start, stranger.Id, stranger, stranger)] });
    }

    [Fact]
    [Trait("Rule", "R3.8")]
    public void Check_RowWithoutItsLink_IsFound() =>
        AssertFound(ViolationKind.LostLink, WithRow(_created.Id, row => row with { CallGearEmployeeId = null }));

    [Fact]
    [Trait("Rule", "R3.8")]
    public void Check_RowLinkedToAnothersEmployee_IsFound() =>
        AssertFound(ViolationKind.LostLink, WithRow(_created.Id, row => row with { CallGearEmployeeId = _linked.EmployeeId }));

    [Fact]
    [Trait("Rule", "R2.4")]
    public void Check_SkippedUserWithALink_IsFound() =>
        AssertFound(ViolationKind.LostLink, WithRow(_skipped.Id, row => row with { CallGearEmployeeId = 1 }));

    [Fact]
    [Trait("Rule", "R2.4")]
    public void Check_SkipWithAnotherReason_IsFound() =>
        AssertFound(ViolationKind.WrongSkip, WithRow(_skipped.Id, row => row with { Reason = new Coded("rejected", "No.") }));

    [Fact]
    [Trait("Rule", "R6.1")]
    public void Check_EmployeeThatIsGone_IsFound()
    {
        var stranger = _plan.Employees.Single(employee => employee.Email == "stranger@example.com");
        AssertFound(ViolationKind.Deleted, _sound with { Employees = [.. _sound.Employees.Where(employee => employee.Id != stranger.Id)] });
    }

    [Fact]
    [Trait("Rule", "R5.4")]
    public void Check_NumberLostOnTheWay_IsFoundEvenIfItCameBack()
    {
        var without = _employee with { PhoneNumbers = [] };
        AssertFound(ViolationKind.LostNumber, _sound with
        {
            Changes = [.. _sound.Changes, new EmployeeChange(SoundEvidence.Start, _employee.Id, _employee, without),
                new EmployeeChange(SoundEvidence.Start, _employee.Id, without, _employee)],
        });
    }

    [Fact]
    [Trait("Rule", "R5.1")]
    public void Check_EmployeeWithoutItsNumber_IsFound() =>
        AssertFound(ViolationKind.WrongNumber, WithEmployee(_employee with { PhoneNumbers = [] }));

    [Fact]
    [Trait("Rule", "R4.3")]
    public void Check_NameMarkedTwice_IsFound() =>
        AssertFound(ViolationKind.MarkedTwice, WithEmployee(_employee with { LastName = "(bitrix24) (Bitrix24) Lee" }));

    [Fact]
    [Trait("Rule", "R4.1")]
    public void Check_NameWithoutTheMark_IsFound() =>
        AssertFound(ViolationKind.WrongName, WithEmployee(_employee with { LastName = "Lee" }));

    [Fact]
    [Trait("Rule", "R7.1")]
    public void Check_ResponsibleListThatLacksSomebody_IsFound() =>
        AssertFound(ViolationKind.WrongResponsible, _sound with { Responsible = [.. _sound.Responsible.Skip(1)] });

    [Fact]
    [Trait("Rule", "R7.3")]
    public void Check_GroupThatLacksSomebody_IsFound() =>
        AssertFound(ViolationKind.WrongGroup, _sound with { GroupMembers = [.. _sound.GroupMembers.Skip(1)] });

    [Fact]
    [Trait("Rule", "R6.3")]
    public void Check_RunThatRemovedSomebody_IsFound()
    {
        var run = SoundEvidence.Run("second", "manual", SoundEvidence.Start, _plan);
        AssertFound(
            ViolationKind.WrongRemoval,
            _sound with { Runs = [run with { Counts = run.Counts with { RemovedFromResponsible = 1 } }, .. _sound.Runs] });
    }

    [Fact]
    [Trait("Rule", "R6.2")]
    public void Check_UserThatCountsAsDeleted_IsFound() =>
        AssertFound(ViolationKind.WrongRemoval, WithRow(_created.Id, row => row with { Outcome = "deleted" }));

    [Fact]
    [Trait("Rule", "R7.3")]
    public void Check_GroupThatLostSomebodyOnTheWay_IsFound()
    {
        var all = _sound.GroupMembers.ToArray();
        AssertFound(ViolationKind.WrongRemoval, _sound with
        {
            Requests = [SoundEvidence.GroupUpdate(1, all), SoundEvidence.GroupUpdate(2, [.. all.Skip(1)]),
                SoundEvidence.GroupUpdate(3, all)],
        });
    }

    [Theory]
    [Trait("Rule", "R8.11")]
    [InlineData("limit_exceeded")]
    [InlineData("QUERY_LIMIT_EXCEEDED")]
    [InlineData("OPERATION_TIME_LIMIT")]
    public void Check_RequestOverALimit_IsFoundUnlessAFaultMadeItUp(string error)
    {
        var request = new RequestRecord(
            9, SoundEvidence.Start, Vendor.CallGear, "account", "get.employees", 200, error, Executed: false, Fault: null, 1, null);
        AssertFound(ViolationKind.OverLimit, _sound with { Requests = [.. _sound.Requests, request] });
        Assert.Empty(ImportInvariants.Check(_sound with { Requests = [.. _sound.Requests, request with { Fault = "f1" }] }));
    }

    private static void AssertFound(ViolationKind kind, ImportEvidence evidence)
    {
        Assert.DoesNotContain(ImportInvariants.Check(_sound), violation => violation.Kind == kind);
        Assert.Contains(ImportInvariants.Check(evidence), violation => violation.Kind == kind);
    }

    private static ImportEvidence WithRow(long user, Func<Row, Row> change) =>
        _sound with { Rows = _sound.Rows.ToDictionary(pair => pair.Key, pair => pair.Key == user ? change(pair.Value) : pair.Value) };

    private static ImportEvidence WithEmployee(Employee changed) =>
        _sound with { Employees = [.. _sound.Employees.Select(employee => employee.Id == changed.Id ? changed : employee)] };
}
