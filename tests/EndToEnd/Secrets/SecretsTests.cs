using System.Net;
using System.Text;
using OrleansSync.EndToEnd.Client;
using OrleansSync.EndToEnd.Services;
using OrleansSync.EndToEnd.Tenants;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.EndToEnd.Secrets;

/// <summary>Secrets are where they belong and nowhere else.</summary>
public sealed class SecretsTests(Product product)
{
    private const string WebhookSecret = "planted-webhook-4f7a1c";
    private const string CallGearToken = "planted-callgear-98b2e1";
    private const string ApplicationToken = "planted-application-55d0c3";

    [Fact]
    public async Task Secrets_AfterImportsAndFailures_AreInNoLogNoAnswerAndNoFile()
    {
        await using var service = await EmbeddedService.StartAsync();
        var seed = People.Seed(People.Users(4)) with
        {
            Portal = new PortalSettings { WebhookSecret = WebhookSecret, ApplicationToken = ApplicationToken },
            Account = new AccountSettings { AccessToken = CallGearToken },
        };
        var tenant = Tenant.Create(service, product.Sandbox, seed);
        await tenant.ConnectAsync();
        var key = await service.Api.SendAsync(HttpMethod.Post, $"{tenant.Path}/keys", HttpStatusCode.Created, AnswersJson.Default.NewKey);
        await service.Api.WithKey(key.Key).StatusAsync(HttpMethod.Get, tenant.Path);
        await FailInManyWaysAsync(service, tenant);
        var answers = await AnswersAsync(service, tenant);
        Assert.Equal(0, await service.Process.StopAsync());

        string[] secrets =
            [WebhookSecret, CallGearToken, ApplicationToken, RunningService.AdminKey, key.Key, key.Key.Split('_')[^1]];
        var files = Directory.GetFiles(service.DataDirectory, "*", SearchOption.AllDirectories);
        Assert.Contains(service.DatabaseFile, files);
        Assert.All(secrets, secret =>
        {
            Assert.DoesNotContain(secret, service.Process.Output.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, answers, StringComparison.Ordinal);
            Assert.All(files, file => Assert.False(Holds(file, secret), $"{file} holds {secret}"));
        });
    }

    private async Task FailInManyWaysAsync(EmbeddedService service, Tenant tenant)
    {
        Fault[] faults =
        [
            new() { Kind = FaultKind.Redirect, Target = tenant.Id, Location = tenant.Portal.WebhookUrl.AbsoluteUri },
            new() { Kind = FaultKind.Error, Code = "NO_AUTH_FOUND", Target = tenant.Id },
            new() { Kind = FaultKind.Error, Code = "access_token_invalid", Target = tenant.Id, Method = "get.employees", Message = $"Key {CallGearToken} is wrong" },
            new() { Kind = FaultKind.Error, Code = "INVALID_CREDENTIALS", Target = tenant.Id, Method = "batch", Message = $"Bad {tenant.Portal.WebhookUrl}" },
        ];
        foreach (var fault in faults)
        {
            using var handle = product.Sandbox.Faults.Add(fault);
            Assert.Equal("failed", (await tenant.SynchronizeAsync()).Status);
        }

        tenant.Portal.Settings = tenant.Portal.Settings with { WebhookSecret = "another" };
        await tenant.SynchronizeAsync();
        var body = tenant.Body();
        body["bitrix24"]!["webhookUrl"] = $"ftp://portal/rest/1/{WebhookSecret}/";
        body["settings"]!["unknown"] = 1;
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var refused = await service.Api.SendAsync(HttpMethod.Put, tenant.Path, content);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.DoesNotContain(WebhookSecret, await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task<string> AnswersAsync(EmbeddedService service, Tenant tenant)
    {
        var runs = (await tenant.RunsAsync()).Select(run => $"{tenant.Path}/runs/{run.RunId}");
        string[] paths =
        [
            "api/v1/accounts", tenant.Path, $"{tenant.Path}/runs", $"{tenant.Path}/employees", $"{tenant.Path}/employees/1", $"{tenant.Path}/audit",
            $"{tenant.Path}/keys", "metrics",
        ];
        var answers = new StringBuilder();
        foreach (var path in paths.Concat(runs))
        {
            using var answer = await service.Api.SendAsync(HttpMethod.Get, path);
            answers.AppendLine(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        return answers.ToString();
    }

    private static bool Holds(string file, string secret) => File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) >= 0;
}
