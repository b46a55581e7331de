using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Import;

public sealed class ImportabilityTests
{
    private static readonly PortalUser _complete = new() { Id = 1, LastName = "Lee", Email = "ann@acme.test", HasDepartment = true };

    [Theory]
    [Trait("Rule", "R2.1")]
    [InlineData("employee", true)]
    [InlineData("EMPLOYEE", true)]
    [InlineData(" employee ", true)]
    [InlineData("extranet", false)]
    [InlineData("email", false)]
    [InlineData("employees", false)]
    [InlineData("bot", false)]
    public void IsEmployee_TypeIsGiven_OnlyEmployeesAre(string type, bool expected) =>
        Assert.Equal(expected, Importability.IsEmployee(_complete with { UserType = type }));

    [Theory]
    [Trait("Rule", "R2.3")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void IsEmployee_TypeIsBlank_CountsAsMissingAndIs(string? type) =>
        Assert.True(Importability.IsEmployee(_complete with { UserType = type }));

    [Theory]
    [Trait("Rule", "R2.1")]
    [InlineData(null)]
    [InlineData("employee")]
    public void IsEmployee_Inactive_IsNot(string? type) =>
        Assert.False(Importability.IsEmployee(_complete with { IsActive = false, UserType = type }));

    [Fact]
    [Trait("Rule", "R2.3")]
    public void IsEmployee_NothingSaidOfActivityAndType_Is() => Assert.True(Importability.IsEmployee(new PortalUser { Id = 1 }));

    [Theory]
    [Trait("Rule", "R2.2")]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("\t\u00A0")]
    public void MissingField_BlankText_IsMissing(string? blank)
    {
        Assert.Equal(ProblemCode.MissingLastName, Importability.MissingField(_complete with { LastName = blank }, Bitrix24Edition.Cloud));
        Assert.Equal(ProblemCode.MissingEmail, Importability.MissingField(_complete with { Email = blank }, Bitrix24Edition.Cloud));
    }

    [Theory]
    [Trait("Rule", "R2.1")]
    [InlineData(Bitrix24Edition.Cloud, true)]
    [InlineData(Bitrix24Edition.Cloud, false)]
    [InlineData(Bitrix24Edition.OnPremise, true)]
    public void MissingField_RequiredFieldsAreThere_IsNull(Bitrix24Edition edition, bool hasDepartment) =>
        Assert.Null(Importability.MissingField(_complete with { HasDepartment = hasDepartment }, edition));

    [Fact]
    [Trait("Rule", "R2.1")]
    public void MissingField_NoDepartmentOnPremise_IsTheDepartment() =>
        Assert.Equal(
            ProblemCode.MissingDepartment, Importability.MissingField(_complete with { HasDepartment = false }, Bitrix24Edition.OnPremise));

    [Fact]
    [Trait("Rule", "R2.4")]
    public void MissingField_SeveralAreMissing_IsTheFirstOfLastNameEmailDepartment()
    {
        var bare = new PortalUser { Id = 1 };
        Assert.Equal(ProblemCode.MissingLastName, Importability.MissingField(bare, Bitrix24Edition.OnPremise));
        Assert.Equal(ProblemCode.MissingEmail, Importability.MissingField(bare with { LastName = "Lee" }, Bitrix24Edition.OnPremise));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [Trait("Rule", "R8.4")]
    public void IsAlwaysListed_OnlyAnEmployeeOfADepartment(bool isActive, bool hasDepartment, bool expected) => Assert.Equal(
        expected, Importability.IsAlwaysListed(new PortalUser { Id = 1, IsActive = isActive, HasDepartment = hasDepartment }));
}
