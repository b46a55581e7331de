using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>R3.2 to R3.5: users without a link.</summary>
public sealed class ImportPlanEmailTests
{
    [Theory]
    [Trait("Rule", "R3.2")]
    [InlineData("ann@acme.test", "ann@acme.test")]
    [InlineData("Ann@Acme.Test", " ann@acme.TEST\t")]
    [InlineData(" ann@acme.test ", "ANN@ACME.TEST")]
    [InlineData("ann@acme.test", "\u200Eann@ac\u200Bme.test")]
    [InlineData("анна@пример.рф", "АННА@xn--e1afmkfd.xn--p1ai")]
    public void Create_OneEmployeeHasTheAddress_LinksIt(string userEmail, string employeeEmail)
    {
        var plan = new ImportScenario()
            .User(1, user => user with { FirstName = "Ann", LastName = " Lee ", Email = userEmail, WorkPhone = "+1 23" })
            .Employee(10, employeeEmail)
            .Employee(11, "bob@acme.test")
            .Plan();

        var link = plan.Single<LinkEmployee>(1);
        Assert.Equal(("Ann Lee", userEmail.Trim(), "Lee"), (link.Name, link.Email, link.UserLastName));
        Assert.Equal(10, link.Employee.Id);
        Assert.Equal(["123"], link.Numbers);
        Assert.Null(link.TakenOverFrom);
        Assert.Null(link.StaleEmployeeId);
    }

    [Theory]
    [Trait("Rule", "R3.2")]
    [InlineData("ivan@acme.test", "İVAN@acme.test")]
    [InlineData("IVAN@acme.test", "ıvan@acme.test")]
    public void Create_AddressesDifferInTurkishLetters_AreDifferent(string userEmail, string employeeEmail) =>
        new ImportScenario().User(1, user => user with { Email = userEmail }).Employee(10, employeeEmail).Plan().Single<CreateEmployee>(1);

    [Fact]
    [Trait("Rule", "R3.3")]
    public void Create_NoEmployeeHasTheAddress_CreatesOneFromTheTrimmedFields()
    {
        var create = new ImportScenario()
            .User(1, user => user with
            {
                FirstName = " Ann ",
                LastName = "\tLee ",
                SecondName = " Maria",
                Email = " Ann@Acme.Test ",
                PersonalMobile = "(22) 3",
                PersonalPhone = "4",
            })
            .Plan()
            .Single<CreateEmployee>(1);

        Assert.Equal(("Ann Lee", "Ann@Acme.Test", false, null), (create.Name, create.Email, create.LookUpFirst, create.StaleEmployeeId));
        Assert.Equal(("Ann", "(bitrix24) Lee"), (create.Employee.FirstName, create.Employee.LastName));
        Assert.Equal(("Maria", "Ann@Acme.Test"), (create.Employee.Patronymic, create.Employee.Email));
        Assert.Equal(["223"], create.Employee.Numbers);
    }

    [Fact]
    [Trait("Rule", "R2.2"), Trait("Rule", "R2.5")]
    public void Create_FieldsAsAPageEscapesThem_AreSentAsPeopleMeanThem()
    {
        var create = new ImportScenario()
            .User(1, user => user with
            {
                FirstName = "&quot;Ann&quot;",
                LastName = "&nbsp;O&#039;Neill",
                SecondName = "&nbsp;",
                Email = " r&amp;d\u200B@Acme.test",
            })
            .Plan()
            .Single<CreateEmployee>(1);

        Assert.Equal(("\"Ann\" O'Neill", "r&d@Acme.test"), (create.Name, create.Email));
        Assert.Equal(("\"Ann\"", "(bitrix24) O'Neill"), (create.Employee.FirstName, create.Employee.LastName));
        Assert.Equal((null, "r&d@Acme.test"), (create.Employee.Patronymic, create.Employee.Email));
    }

    [Theory]
    [Trait("Rule", "R2.2"), Trait("Rule", "R2.5")]
    [InlineData("&nbsp;", "a@acme.test", ProblemCode.MissingLastName)]
    [InlineData("Lee", "\u200B\uFEFF", ProblemCode.MissingEmail)]
    [InlineData("Lee", " &shy; ", ProblemCode.MissingEmail)]
    public void Create_FieldOfNothingThatCounts_IsMissing(string lastName, string email, ProblemCode reason) =>
        new ImportScenario().User(1, user => user with { LastName = lastName, Email = email }).Plan().Skips(1, reason);

    [Fact]
    [Trait("Rule", "R2.2")]
    public void Create_LastNameOfInvisibleCharacters_IsNotBlank() =>
        Assert.Equal(
            "(bitrix24) \u200B",
            new ImportScenario().User(1, user => user with { LastName = "\u200B" }).Plan().Single<CreateEmployee>(1).Employee.LastName);

    [Fact]
    [Trait("Rule", "R2.5"), Trait("Rule", "R3.4")]
    public void Create_EmployeesShareAnAddressInTwoSpellings_IsAmbiguous() =>
        new ImportScenario()
            .User(1, user => user with { Email = "info@пример.рф" })
            .Employee(10, "info@xn--e1afmkfd.xn--p1ai").Employee(11, "in\u00ADfo@Пример.рф")
            .Plan()
            .Skips(1, ProblemCode.AmbiguousEmail);

    [Fact]
    [Trait("Rule", "R2.5"), Trait("Rule", "R3.5")]
    public void Create_UsersShareAnAddressInTwoSpellings_TheFirstTakesIt()
    {
        var plan = new ImportScenario()
            .User(1, user => user with { Email = "info@пример.рф" })
            .User(2, user => user with { Email = "\u200Binfo@xn--e1afmkfd.xn--p1ai" })
            .Plan();

        Assert.Equal([1], plan.UsersWith<CreateEmployee>());
        plan.Skips(2, ProblemCode.EmailTaken);
    }

    [Fact]
    [Trait("Rule", "R3.3")]
    public void Create_OptionalFieldsAreBlank_SendsNone()
    {
        var employee = new ImportScenario()
            .User(1, user => user with { FirstName = " ", SecondName = "", WorkPhone = "none" })
            .Plan()
            .Single<CreateEmployee>(1)
            .Employee;

        Assert.Null(employee.FirstName);
        Assert.Null(employee.Patronymic);
        Assert.Empty(employee.Numbers);
    }

    [Fact]
    [Trait("Rule", "R4.3")]
    public void Create_UserNameIsMarkedAlready_IsNotMarkedTwice() =>
        Assert.Equal(
            "(BITRIX24) Lee",
            new ImportScenario().User(1, user => user with { LastName = " (BITRIX24) Lee" }).Plan()
                .Single<CreateEmployee>(1).Employee.LastName);

    [Fact]
    [Trait("Rule", "R3.4")]
    public void Create_SeveralEmployeesHaveTheAddress_Skips()
    {
        var plan = new ImportScenario().User(1).Employee(11, "USER1@acme.test ").Employee(10, "user1@acme.test").Plan();

        var skip = plan.Skips(1, ProblemCode.AmbiguousEmail);
        Assert.Contains("2 employees", skip.Reason.Message, StringComparison.Ordinal);
        Assert.Contains("(10, 11)", skip.Reason.Message, StringComparison.Ordinal);
        Assert.False(skip.EndsStaleLink);
    }

    [Fact]
    [Trait("Rule", "R3.4")]
    public void Create_OneOfTheSharingEmployeesIsHeldByAnotherUser_IsStillAmbiguous() =>
        new ImportScenario()
            .User(1)
            .User(2).Known(2, EmployeeOutcome.Matched, 10)
            .Employee(10, "user1@acme.test").Employee(11, "user1@acme.test")
            .Plan()
            .Skips(1, ProblemCode.AmbiguousEmail);

    [Fact]
    [Trait("Rule", "R3.4")]
    public void Create_UsersAndEmployeesShareAnAddress_AmbiguousComesBeforeTaken()
    {
        var plan = new ImportScenario()
            .User(1, user => user with { Email = "info@acme.test" }).User(2, user => user with { Email = "info@acme.test" })
            .Employee(10, "info@acme.test").Employee(11, "info@acme.test")
            .Plan();

        plan.Skips(1, ProblemCode.AmbiguousEmail);
        plan.Skips(2, ProblemCode.AmbiguousEmail);
    }

    [Theory]
    [Trait("Rule", "R3.5")]
    [InlineData(1)]
    [InlineData(9)]
    public void Create_EmployeeIsHeldByAnotherUser_SkipsWhicheverIdIsLower(long newUser)
    {
        var plan = new ImportScenario()
            .User(newUser)
            .User(5).Known(5, EmployeeOutcome.Matched, 10).Employee(10, $"user{newUser}@acme.test")
            .Plan();

        Assert.Contains("employee 10 in CallGear", plan.Skips(newUser, ProblemCode.EmailTaken).Reason.Message, StringComparison.Ordinal);
        Assert.Equal([5], plan.UsersWith<Match>());
    }

    [Fact]
    [Trait("Rule", "R3.5")]
    public void Create_UsersShareAnAddress_TheLowestIdGetsTheEmployee()
    {
        var plan = new ImportScenario()
            .User(9, user => user with { Email = " INFO@acme.test" })
            .User(4, user => user with { Email = "info@acme.test " })
            .User(7, user => user with { Email = "Info@acme.test" })
            .Employee(10, "info@acme.test")
            .Plan();

        Assert.Equal([4], plan.UsersWith<LinkEmployee>());
        Assert.Contains("user 4 has", plan.Skips(7, ProblemCode.EmailTaken).Reason.Message, StringComparison.Ordinal);
        Assert.Contains("user 4 has", plan.Skips(9, ProblemCode.EmailTaken).Reason.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "R3.5")]
    public void Create_UsersShareAnAddressNobodyHasInCallGear_CreatesOne()
    {
        var plan = new ImportScenario().User(1, user => user with { Email = "x@acme.test" })
            .User(2, user => user with { Email = "X@acme.test" }).Plan();

        Assert.Equal([1], plan.UsersWith<CreateEmployee>());
        plan.Skips(2, ProblemCode.EmailTaken);
    }

    [Fact]
    [Trait("Rule", "R3.5")]
    public void Create_EarlierUserWithTheAddressIsMatchedElsewhere_StillTakesIt()
    {
        var plan = new ImportScenario().Team(1).User(2, user => user with { Email = "user1@acme.test" }).WithoutEmployeesOf(1)
            .Employee(1001).Plan();

        Assert.Equal([1], plan.UsersWith<Match>());
        plan.Skips(2, ProblemCode.EmailTaken);
    }

    [Fact]
    [Trait("Rule", "R3.5")]
    public void Create_LaterUserWithTheAddressIsMatchedElsewhere_DoesNotTakeIt()
    {
        var plan = new ImportScenario()
            .User(1)
            .User(2, user => user with { Email = "user1@acme.test" }).Known(2, EmployeeOutcome.Matched, 20).Employee(20, "other@acme.test")
            .Plan();

        Assert.Equal([1], plan.UsersWith<CreateEmployee>());
        Assert.Equal([2], plan.UsersWith<Match>());
    }

    [Fact]
    [Trait("Rule", "R3.5")]
    public void Create_EarlierUserWithTheAddressIsNotImportable_DoesNotTakeIt()
    {
        var plan = new ImportScenario()
            .User(1, user => user with { Email = "x@acme.test", LastName = null })
            .User(2, user => user with { Email = "x@acme.test", IsActive = false })
            .User(3, user => user with { Email = "x@acme.test", UserType = "extranet" })
            .User(4, user => user with { Email = "x@acme.test" })
            .Plan();

        plan.Skips(1, ProblemCode.MissingLastName);
        Assert.Equal([4], plan.UsersWith<CreateEmployee>());
    }

    [Fact]
    [Trait("Rule", "R3.5")]
    public void Create_EarlierUserWithTheAddressHasNoDepartmentOnPremise_DoesNotTakeIt()
    {
        var plan = new ImportScenario()
            .OnPremise()
            .User(1, user => user with { Email = "x@acme.test" })
            .User(2, user => user with { Email = "x@acme.test", HasDepartment = true })
            .Plan();

        plan.Skips(1, ProblemCode.MissingDepartment);
        Assert.Equal([2], plan.UsersWith<CreateEmployee>());
    }
}
