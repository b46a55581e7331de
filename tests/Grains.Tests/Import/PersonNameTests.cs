using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Import;

public sealed class PersonNameTests
{
    [Theory]
    [InlineData("Ann", "Lee", "ann@acme.test", "Ann Lee")]
    [InlineData(" Ann ", "\tLee", null, "Ann Lee")]
    [InlineData(null, "Lee", "ann@acme.test", "Lee")]
    [InlineData("Ann", " ", "ann@acme.test", "Ann")]
    [InlineData("", null, " ann@acme.test ", "ann@acme.test")]
    [InlineData(null, null, " ", "User 7")]
    [InlineData(null, null, null, "User 7")]
    public void Of_User_IsWhatThereIsOfItsName(string? first, string? last, string? email, string expected) =>
        Assert.Equal(expected, PersonName.Of(new PortalUser { Id = 7, FirstName = first, LastName = last, Email = email }));
}
