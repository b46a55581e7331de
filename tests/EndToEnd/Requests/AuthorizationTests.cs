using System.Net;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Requests;

/// <summary>Who may do what.</summary>
public sealed class AuthorizationTests(Product product)
{
    [Theory]
    [InlineData(ServiceKind.Embedded)]
    [InlineData(ServiceKind.Cluster)]
    public async Task AccountKey_ReachesItsAccountAlone_AndNotItsConnection(ServiceKind kind)
    {
        var service = await product.ServiceAsync(kind);
        var (own, other) =
            (await product.NewTenantAsync(People.Seed(People.Users(1)), kind), await product.NewTenantAsync(People.Seed([]), kind));
        await own.ConnectAsync();
        await other.ConnectPausedAsync();
        var key = await service.Api.SendAsync(HttpMethod.Post, $"{own.Path}/keys", HttpStatusCode.Created, AnswersJson.Default.NewKey);
        var api = service.Api.WithKey(key.Key);

        Assert.StartsWith("osk_", key.Key, StringComparison.Ordinal);
        Assert.Equal(own.Id, Assert.Single((await api.GetAsync("api/v1/accounts", AnswersJson.Default.PageAccount)).Items).AccountId);
        Assert.Equal(HttpStatusCode.Accepted, await api.StatusAsync(HttpMethod.Post, $"{own.Path}/synchronize"));
        Assert.Equal(HttpStatusCode.NoContent, await api.StatusAsync(HttpMethod.Delete, $"{own.Path}/responsible-employees/1"));
        Assert.Equal(HttpStatusCode.Forbidden, await api.StatusAsync(HttpMethod.Put, own.Path));
        Assert.Equal(HttpStatusCode.Forbidden, await api.StatusAsync(HttpMethod.Delete, own.Path));
        Assert.Equal(HttpStatusCode.NotFound, await api.StatusAsync(HttpMethod.Get, other.Path));
        Assert.Equal(HttpStatusCode.NotFound, await api.StatusAsync(HttpMethod.Post, $"{other.Path}/synchronize"));

        Assert.Equal(HttpStatusCode.NoContent, await service.Api.StatusAsync(HttpMethod.Delete, $"{own.Path}/keys/{key.KeyId}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await api.StatusAsync(HttpMethod.Get, own.Path));
    }

    [Fact]
    public async Task NoKeyOrAWrongOne_IsRefused()
    {
        var api = (await product.EmbeddedAsync()).Api;

        Assert.Equal(HttpStatusCode.Unauthorized, await api.WithKey(null).StatusAsync(HttpMethod.Get, "api/v1/accounts"));
        Assert.Equal(HttpStatusCode.Unauthorized, await api.WithKey("wrong").StatusAsync(HttpMethod.Get, "api/v1/accounts"));
        Assert.Equal(HttpStatusCode.OK, await api.WithKey(null).StatusAsync(HttpMethod.Get, "health/live"));
    }
}
