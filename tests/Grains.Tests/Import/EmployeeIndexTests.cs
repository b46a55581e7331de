using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Import;

[Trait("Rule", "R3.2")]
public sealed class EmployeeIndexTests
{
    [Fact]
    public void WithEmail_AddressesDifferInCaseAndWhiteSpace_FindsAllByRisingId()
    {
        var index = new EmployeeIndex([Employee(3, "ANN@acme.test"), Employee(1, " ann@acme.test\t"), Employee(2, "bob@acme.test")]);

        Assert.Equal([1, 3], index.WithEmail("Ann@Acme.Test").Select(employee => employee.Id));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void WithEmail_EmployeesWithoutAddress_AreNeverFound(string? blank)
    {
        var index = new EmployeeIndex([Employee(1, blank), Employee(2, blank)]);

        Assert.Empty(index.WithEmail(string.Empty));
        Assert.Empty(index.WithEmail("ann@acme.test"));
    }

    [Fact]
    public void Find_KnownAndUnknownId_GivesTheEmployeeOrNull()
    {
        var index = new EmployeeIndex([Employee(1, null)]);

        Assert.Equal(1, index.Find(1)?.Id);
        Assert.Null(index.Find(2));
    }

    [Fact]
    [Trait("Rule", "R8.10")]
    public void Index_EmployeeComesTwice_CountsOnceAsItCameLast()
    {
        var index = new EmployeeIndex([Employee(1, "old@acme.test"), Employee(1, "new@acme.test")]);

        Assert.Equal("new@acme.test", index.Find(1)?.Email);
        Assert.Empty(index.WithEmail("old@acme.test"));
        Assert.Single(index.WithEmail("new@acme.test"));
    }

    private static AccountEmployee Employee(long id, string? email) => new() { Id = id, Email = email };
}
