using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using OrleansSync.EndToEnd.Services;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.EndToEnd.Security;

/// <summary>
/// An account cannot make the service call into the network it runs in. The service under test allows 127.0.0.0/8 and nothing else that is
/// not public.
/// </summary>
public sealed class ForbiddenAddressTests(Product product)
{
    [Theory]
    [InlineData("http://[::1]:9/")]
    [InlineData("https://[::1]:9/")]
    [InlineData("https://[0:0:0:0:0:0:0:1]/")]
    [InlineData("https://[::ffff:10.0.0.1]/")]
    [InlineData("https://[::ffff:a9fe:a9fe]/")]
    [InlineData("https://[64:ff9b::a9fe:a9fe]/")]
    [InlineData("https://[fe80::1]/")]
    [InlineData("https://[fd00::1]/")]
    [InlineData("https://169.254.169.254/latest/")]
    [InlineData("https://2852039166/")]
    [InlineData("https://0xa9fea9fe/")]
    [InlineData("https://0251.0376.0251.0376/")]
    [InlineData("https://169.254.43518/")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("https://10.1/")]
    [InlineData("https://172.16.0.1/")]
    [InlineData("https://192.168.1.1./")]
    [InlineData("https://100.64.0.1/")]
    [InlineData("https://0.0.0.0/")]
    [InlineData("http://93.184.215.14/")]
    public async Task Put_AddressThatMayNotBeReached_IsRefusedAndNothingIsStored(string address)
    {
        var service = await product.EmbeddedAsync();
        var tenant = await product.NewTenantAsync(People.Seed([]));
        foreach (var (part, member, url) in ((string, string, string)[])
            [("bitrix24", "webhookUrl", address + "rest/1/secret/"), ("callGear", "baseUrl", address + "v2.0")])
        {
            var body = tenant.Body();
            body[part]![member] = url;

            var problem = await RefusedAsync(service, tenant.Path, body);

            var errors = problem["errors"]![$"{part}.{member}"]!.AsArray();
            Assert.StartsWith("addressRefused: ", (string?)Assert.Single(errors), StringComparison.Ordinal);
            Assert.DoesNotContain("secret", problem.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.NotFound, await service.Api.StatusAsync(HttpMethod.Get, tenant.Path));
    }

    private static async Task<JsonObject> RefusedAsync(RunningService service, string path, JsonObject body)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var answer = await service.Api.SendAsync(HttpMethod.Put, path, content);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{(int)answer.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
