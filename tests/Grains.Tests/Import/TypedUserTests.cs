using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Import;

[Trait("Rule", "R2.2")]
public sealed class TypedUserTests
{
    [Fact]
    public void Of_UserAsPeopleMeanIt_IsTheSameInstance()
    {
        var user = new PortalUser { Id = 1, FirstName = "Ann", LastName = "Lee", Email = "ann@acme.test", WorkPhone = " +7 " };

        Assert.Same(user, TypedUser.Of(user));
    }

    [Fact]
    public void Of_UserWithBlanksAndEntities_IsAsPeopleMeanIt()
    {
        var user = new PortalUser { Id = 1, FirstName = " ", LastName = " O&apos;Neil", SecondName = "", Email = "an\u200Bn@acme.test" };

        Assert.Equal(user with { FirstName = null, LastName = "O'Neil", SecondName = null, Email = "ann@acme.test" }, TypedUser.Of(user));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    public void VisibleText_OfTextWithoutInvisibleCharacters_IsTheSameInstance(string text) => Assert.Same(text, VisibleText.Of(text));
}
