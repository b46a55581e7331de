using System.Net;
using OrleansSync.Api.Tests.Hosting;

namespace OrleansSync.Api.Tests.Web;

public sealed class RunFormsTests(SharedApi shared) : IClassFixture<SharedApi>
{
    /// <summary>
    /// The framework's validation once went on to an endpoint whose parameters it could not bind: here that would be a run for everybody.
    /// </summary>
    [Theory]
    [InlineData("user", "ann")]
    [InlineData("preview", "maybe")]
    public async Task Synchronize_FieldThatCannotBeRead_StartsNothing(string field, string value)
    {
        shared.Api.Grains.Reset();
        var portal = shared.Api.Grains.Connect("acme");
        var visitor = new PageVisitor(shared.Api);
        await visitor.SignInAsync(TestApi.AdminKey);
        var token = await visitor.TokenAsync("/accounts/acme");

        using var answer = await visitor.PostAsync("/accounts/acme/synchronize", token, (field, value));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(portal.Requested);
    }
}
