using CsCheck;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Grains.Tests.Import;

public sealed class LinkUpdateTests
{
    private static readonly EmployeeNumber _office = new("74951234567", PhoneId: 5, ChannelsCount: 2, DialTime: 60, Status: "active");
    private static readonly EmployeeNumber _inactive = new("333", PhoneId: 6, Status: "inactive");

    [Fact]
    [Trait("Rule", "R4.2")]
    public void ForLink_NumbersAreThere_SendsMarkedNameAndAllNumbersAsTheyAre()
    {
        var update = LinkUpdate.ForLink(Employee("Lee", _office, _inactive), "Other", ["999"]);

        Assert.NotNull(update.Update);
        Assert.Equal(9, update.Update.Id);
        Assert.Equal("(bitrix24) Lee", update.Update.LastName);
        Assert.Equal([_office, _inactive], update.Update.Numbers);
        Assert.Equal([new FieldChange("lastName", "Lee", "(bitrix24) Lee")], update.Fields);
        Assert.Equal(0, update.NumbersAdded);
    }

    [Fact]
    [Trait("Rule", "R5.1")]
    public void ForLink_OnlyAnInactiveNumber_AddsNone()
    {
        var update = LinkUpdate.ForLink(Employee("Lee", _inactive), "Other", ["999"]);

        Assert.Equal([_inactive], update.Update!.Numbers);
        Assert.Equal(0, update.NumbersAdded);
    }

    [Fact]
    [Trait("Rule", "R5.4")]
    public void ForLink_NoNumber_AddsThemInTheSameUpdate()
    {
        var update = LinkUpdate.ForLink(Employee("Lee"), "Other", ["111", "222"]);

        Assert.Equal("(bitrix24) Lee", update.Update!.LastName);
        Assert.Equal([new EmployeeNumber("111"), new EmployeeNumber("222")], update.Update.Numbers);
        Assert.Equal(
            [new FieldChange("lastName", "Lee", "(bitrix24) Lee"), new FieldChange("phoneNumbers", null, "111, 222")], update.Fields);
        Assert.Equal(2, update.NumbersAdded);
    }

    [Fact]
    [Trait("Rule", "R5.4")]
    public void ForLink_NameIsMarkedAndNoNumber_StillSendsTheNameAsItIs()
    {
        var update = LinkUpdate.ForLink(Employee(" (BITRIX24) Lee "), "Other", ["111"]);

        Assert.Equal(" (BITRIX24) Lee ", update.Update!.LastName);
        Assert.Equal([new FieldChange("phoneNumbers", null, "111")], update.Fields);
        Assert.Equal(1, update.NumbersAdded);
    }

    [Theory]
    [Trait("Rule", "R4.5")]
    [InlineData("(bitrix24) Lee")]
    [InlineData("(BITRIX24)Lee")]
    [InlineData(" (bitrix24) Lee")]
    public void ForLink_NameIsMarkedAndNumberIsThere_SendsNothing(string lastName)
    {
        var update = LinkUpdate.ForLink(Employee(lastName, _office), "Other", ["111"]);

        Assert.Null(update.Update);
        Assert.Empty(update.Fields);
        Assert.Equal(0, update.NumbersAdded);
    }

    [Fact]
    [Trait("Rule", "R4.5")]
    public void ForLink_NameIsMarkedAndNobodyHasANumber_SendsNothing() =>
        Assert.Null(LinkUpdate.ForLink(Employee("(bitrix24) Lee"), "Other", []).Update);

    [Theory]
    [Trait("Rule", "R4.4")]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("  ", "  ")]
    public void ForLink_BlankNameInCallGear_TakesTheNameOfBitrix24(string? lastName, string? from)
    {
        var update = LinkUpdate.ForLink(Employee(lastName, _office), " Lee ", []);

        Assert.Equal("(bitrix24) Lee", update.Update!.LastName);
        Assert.Equal([new FieldChange("lastName", from, "(bitrix24) Lee")], update.Fields);
    }

    [Theory]
    [Trait("Rule", "R5.6")]
    [InlineData("Lee", "Lee")]
    [InlineData(" Lee ", " Lee ")]
    public void ForNumbers_NoNumber_AddsThemAndLeavesTheName(string? lastName, string sent)
    {
        var update = LinkUpdate.ForNumbers(Employee(lastName), "Other", ["111", "222"]);

        Assert.Equal(sent, update.Update!.LastName);
        Assert.Equal([new EmployeeNumber("111"), new EmployeeNumber("222")], update.Update.Numbers);
        Assert.Equal([new FieldChange("phoneNumbers", null, "111, 222")], update.Fields);
        Assert.Equal(2, update.NumbersAdded);
    }

    [Theory]
    [Trait("Rule", "R4.4"), Trait("Rule", "R5.6")]
    [InlineData(null, null)]
    [InlineData("  ", "  ")]
    public void ForNumbers_BlankNameInCallGear_TakesTheNameOfBitrix24WithThem(string? lastName, string? from)
    {
        var update = LinkUpdate.ForNumbers(Employee(lastName), " Lee ", ["111"]);

        Assert.Equal("(bitrix24) Lee", update.Update!.LastName);
        Assert.Equal(
            [new FieldChange("lastName", from, "(bitrix24) Lee"), new FieldChange("phoneNumbers", null, "111")], update.Fields);
    }

    [Theory]
    [Trait("Rule", "R5.1")]
    [InlineData("Lee")]
    [InlineData(null)]
    public void ForNumbers_NumberAppearedMeanwhile_SendsNothing(string? lastName)
    {
        Assert.Null(LinkUpdate.ForNumbers(Employee(lastName, _inactive), "Other", ["111"]).Update);
        Assert.Null(LinkUpdate.ForNumbers(Employee(lastName), "Other", []).Update);
    }

    [Fact]
    [Trait("Rule", "R3.3")]
    public void FieldsOf_CompleteEmployee_AreAllItsFields() =>
        Assert.Equal(
            [
                new FieldChange("firstName", null, "Ann"),
                new FieldChange("lastName", null, "(bitrix24) Lee"),
                new FieldChange("patronymic", null, "Maria"),
                new FieldChange("email", null, "ann@acme.test"),
                new FieldChange("phoneNumbers", null, "111, 222"),
            ],
            LinkUpdate.FieldsOf(new NewEmployee
            {
                FirstName = "Ann",
                LastName = "(bitrix24) Lee",
                Patronymic = "Maria",
                Email = "ann@acme.test",
                Numbers = ["111", "222"],
            }));

    [Fact]
    [Trait("Rule", "R3.3")]
    public void FieldsOf_FieldsThatAreNotSent_AreLeftOut() =>
        Assert.Equal(
            [new FieldChange("lastName", null, "(bitrix24) Lee"), new FieldChange("email", null, "ann@acme.test")],
            LinkUpdate.FieldsOf(new NewEmployee { LastName = "(bitrix24) Lee", Email = "ann@acme.test" }));

    [Fact]
    [Trait("Rule", "R5.4")]
    public void For_AnyEmployee_NeverLosesANumberAndNeedsNoSecondUpdate() =>
        Gen.Select(ImportGen.Employee(9), ImportGen.LastName.Where(name => !string.IsNullOrWhiteSpace(name)),
            ImportGen.Digits.Array[0, 3], Gen.Bool)
            .Sample((employee, userLastName, numbers, isLink) =>
            {
                LinkUpdate For(AccountEmployee read) => isLink
                    ? LinkUpdate.ForLink(read, userLastName!, [.. numbers])
                    : LinkUpdate.ForNumbers(read, "Other", [.. numbers]);

                var first = For(employee);
                Assert.Equal(first.Update is null, first.Fields.IsEmpty);
                if (first.Update is { } update)
                {
                    Assert.Equal(employee.Numbers, update.Numbers.Take(employee.Numbers.Length));
                    Assert.Equal(first.NumbersAdded, update.Numbers.Length - employee.Numbers.Length);
                    Assert.True(employee.Numbers.IsEmpty || first.NumbersAdded == 0);
                    Assert.Null(For(employee with { LastName = update.LastName, Numbers = update.Numbers }).Update);
                }
            });

    private static AccountEmployee Employee(string? lastName, params EmployeeNumber[] numbers) =>
        new() { Id = 9, LastName = lastName, Numbers = [.. numbers] };
}
