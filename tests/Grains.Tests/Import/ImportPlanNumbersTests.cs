using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>R5: numbers in the decisions.</summary>
public sealed class ImportPlanNumbersTests
{
    [Theory]
    [Trait("Rule", "R5.2")]
    [InlineData(PhoneNumberChoice.First, "1")]
    [InlineData(PhoneNumberChoice.All, "1,2,3")]
    public void Create_NewOrLinkedUser_GetsNumbersBySetting(PhoneNumberChoice choice, string expected)
    {
        var plan = new ImportScenario()
            .User(1, WithPhones).User(2, WithPhones).Employee(10, "user2@acme.test")
            .WithSettings(settings => settings with { PhoneNumbers = choice })
            .Plan();

        Assert.Equal(expected.Split(','), plan.Single<CreateEmployee>(1).Employee.Numbers);
        Assert.Equal(expected.Split(','), plan.Single<LinkEmployee>(2).Numbers);
    }

    [Fact]
    [Trait("Rule", "R5.6")]
    public void Create_MatchedWithoutNumber_IsLeftAloneByDefault() => Assert.Equal([1], Matched().Plan().UsersWith<Match>());

    [Theory]
    [Trait("Rule", "R5.6")]
    [InlineData(PhoneNumberChoice.First, "1")]
    [InlineData(PhoneNumberChoice.All, "1,2,3")]
    public void Create_MatchedWithoutNumberAndFilling_GetsThem(PhoneNumberChoice choice, string expected)
    {
        var plan = Matched().WithSettings(settings => settings with { FillMissingPhones = true, PhoneNumbers = choice }).Plan();

        var fill = plan.Single<FillNumbers>(1);
        Assert.Equal(("Last1", "user1@acme.test", 10, false), (fill.Name, fill.Email, fill.EmployeeId, fill.IsReturn));
        Assert.Equal(expected.Split(','), fill.Numbers);
    }

    [Fact]
    [Trait("Rule", "R5.6")]
    public void Create_MatchedWithInactiveNumberAndFilling_IsLeftAlone() =>
        Assert.Equal([1], Matched(new EmployeeNumber("9", Status: "inactive")).WithSettings(Filling).Plan().UsersWith<Match>());

    [Fact]
    [Trait("Rule", "R5.6")]
    public void Create_MatchedUserHasNoNumberEitherAndFilling_IsLeftAlone() =>
        Assert.Equal([1], new ImportScenario().Team(1).WithSettings(Filling).Plan().UsersWith<Match>());

    [Fact]
    [Trait("Rule", "R5.6")]
    public void Create_ReturningUserAndFilling_IsFilledAsAReturn()
    {
        var plan = new ImportScenario().User(1, WithPhones).Employee(10).Known(1, EmployeeOutcome.Deleted, 10).WithSettings(Filling).Plan();

        Assert.True(plan.Single<FillNumbers>(1).IsReturn);
    }

    [Theory]
    [Trait("Rule", "R5.5a")]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Create_NumberRefusedBefore_IsTriedAgainOnlyWhenItChanged_AndSaidUntilThen(bool isFilling, bool hasChanged)
    {
        var employee = new AccountEmployee { Id = 10, LastName = "Employee10" };
        var reason = new Problem(ProblemCode.PhoneRejected, "No.") { Attempt = NumberAttempt.Of(employee, [hasChanged ? "9" : "1"]) };

        var plan = Matched().Known(1, EmployeeOutcome.Matched, 10, reason)
            .WithSettings(settings => settings with { FillMissingPhones = isFilling }).Plan();

        if (isFilling && hasChanged)
        {
            Assert.Equal(["1"], plan.Single<FillNumbers>(1).Numbers);
        }
        else
        {
            Assert.Same(hasChanged ? null : reason, plan.Single<Match>(1).Reason);
        }
    }

    [Fact]
    [Trait("Rule", "R4.4"), Trait("Rule", "R5.6")]
    public void Create_FillingAnEmployeeWithoutLastName_BringsTheUsers()
    {
        var plan = new ImportScenario().User(1, WithPhones).Employee(10, change: employee => employee with { LastName = " " })
            .Known(1, EmployeeOutcome.Matched, 10).WithSettings(Filling).Plan();

        var fill = plan.Single<FillNumbers>(1);
        Assert.Equal(("Last1", " "), (fill.UserLastName, fill.EmployeeLastName));
    }

    private static ImportScenario Matched(params EmployeeNumber[] numbers) => new ImportScenario()
        .User(1, WithPhones)
        .Employee(10, change: employee => employee with { Numbers = [.. numbers] })
        .Known(1, EmployeeOutcome.Matched, 10);

    private static AccountSettings Filling(AccountSettings settings) => settings with { FillMissingPhones = true };

    private static PortalUser WithPhones(PortalUser user) => user with { WorkPhone = "+1", PersonalMobile = "2", PersonalPhone = "(3)" };
}
