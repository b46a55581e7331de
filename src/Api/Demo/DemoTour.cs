using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Api.Demo;

/// <summary>Does over HTTP what an operator would do.</summary>
internal sealed class DemoTour(HttpClient client, DemoSandbox sandbox)
{
    private const string Account = "/api/v1/accounts/" + DemoSeed.Name;

    private static readonly TimeSpan _erasurePause = TimeSpan.FromMilliseconds(500);

    /// <summary>Connects the account and imports it; answers the run as the interface shows it.</summary>
    /// <param name="isFirst">Whether the sandbox is fresh, so that links of an earlier start, if any, point nowhere.</param>
    /// <param name="cancellationToken">Ends the tour.</param>
    public async Task<JsonObject> ImportAsync(bool isFirst, CancellationToken cancellationToken)
    {
        if (isFirst)
        {
            using var _ = await client.DeleteAsync(Account, cancellationToken);
        }

        var isNew = await ConnectAsync(cancellationToken);
        var runId = isNew ? await FirstRunAsync(cancellationToken) : await SynchronizeAsync(cancellationToken);
        return await FollowAsync(runId, cancellationToken);
    }

    private async Task<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            using var answer = await client.PutAsJsonAsync(Account, Body(), DemoJson.Default.JsonObject, cancellationToken);
            if (answer.StatusCode != HttpStatusCode.Conflict)
            {
                await RequireSuccessAsync(answer, cancellationToken);
                return answer.StatusCode == HttpStatusCode.Created;
            }

            // What an unfinished demo left is being erased.
            await Task.Delay(_erasurePause, TimeProvider.System, cancellationToken);
        }
    }

    private JsonObject Body() => new()
    {
        ["displayName"] = "Acme (demo)",
        ["bitrix24"] = new JsonObject
        {
            ["edition"] = "cloud",
            ["webhookUrl"] = sandbox.Portal.WebhookUrl.AbsoluteUri,
            ["applicationToken"] = sandbox.Portal.ApplicationToken,
        },
        ["callGear"] = new JsonObject { ["baseUrl"] = sandbox.Account.BaseUrl.AbsoluteUri, ["accessToken"] = sandbox.Account.AccessToken },
        ["settings"] = new JsonObject { ["responsibleGroupId"] = DemoSeed.GroupId },
    };

    // Connecting a new account starts its first run by itself.
    private async Task<string> FirstRunAsync(CancellationToken cancellationToken)
    {
        var runs = await client.GetFromJsonAsync(Account + "/runs?limit=1", DemoJson.Default.JsonObject, cancellationToken);
        return (string)runs!["items"]![0]!["runId"]!;
    }

    private async Task<string> SynchronizeAsync(CancellationToken cancellationToken)
    {
        using var answer = await client.PostAsync(Account + "/synchronize", content: null, cancellationToken);
        await RequireSuccessAsync(answer, cancellationToken);
        return (string)(await answer.Content.ReadFromJsonAsync(DemoJson.Default.JsonObject, cancellationToken))!["runId"]!;
    }

    private async Task<JsonObject> FollowAsync(string runId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Account}/runs/{runId}/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await RequireSuccessAsync(answer, cancellationToken);
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken))
        {
            if (item.EventType == "finished")
            {
                return JsonNode.Parse(item.Data)!.AsObject();
            }
        }

        throw new OperationCanceledException("The run's events ended before the run.", cancellationToken);
    }

    private static async Task RequireSuccessAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (!answer.IsSuccessStatusCode)
        {
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new HttpRequestException(
                $"The demo was refused by the service: {(int)answer.StatusCode} {text}", inner: null, answer.StatusCode);
        }
    }
}
