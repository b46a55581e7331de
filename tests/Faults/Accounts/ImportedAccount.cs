using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OrleansSync.Faults.Invariants;
using OrleansSync.Sandbox;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.Faults.Accounts;

/// <summary>
/// An account under test with its plan. Its requests bear processes that are away: they are sent again until they are answered.
/// </summary>
internal sealed class ImportedAccount
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(4);

    private readonly RunningService _service;

    /// <summary>Makes the account in the sandbox; the service does not know it yet.</summary>
    public ImportedAccount(RunningService service, SandboxServer sandbox, AccountPlan plan)
    {
        _service = service;
        Plan = plan;
        Tenant = Tenant.Create(service, sandbox, plan.ToSeed());
        if (plan.HasGroup)
        {
            Tenant.Settings["responsibleGroupId"] = AccountPlan.GroupId;
        }
    }

    /// <summary>What has to come of it.</summary>
    public AccountPlan Plan { get; }

    /// <summary>The account in the service and the sandbox.</summary>
    public Tenant Tenant { get; }

    /// <summary>When the process that did its run ended.</summary>
    public List<Interruption> Interruptions { get; } = [];

    /// <summary>Employees that were created so far.</summary>
    public int Created => Tenant.CallGear.Employees.Count(employee => employee.CreatedByApi);

    /// <summary>Whether its first import is between the first and the last create.</summary>
    public bool IsUnderWay => Created is > 0 and var created && created < Plan.Creates;

    /// <summary>Connects it, or changes it; answers the status.</summary>
    /// <param name="body">The connection; null for its own.</param>
    public Task<HttpStatusCode> ConnectAsync(JsonObject? body = null) =>
        AnsweredAsync("is connected", () => SendAsync(HttpMethod.Put, body ?? Tenant.Body()), IsSuccess);

    /// <summary>The same, sent once; answers the default when nobody answered.</summary>
    /// <param name="body">The connection; null for its own.</param>
    public Task<HttpStatusCode> TryConnectAsync(JsonObject? body = null) =>
        OnceAsync(() => SendAsync(HttpMethod.Put, body ?? Tenant.Body()));

    /// <summary>Disconnects it by one request; answers the default when nobody answered.</summary>
    public Task<HttpStatusCode> TryDisconnectAsync() => OnceAsync(() => SendAsync(HttpMethod.Delete));

    /// <summary>Whether the service shows it.</summary>
    public async Task<bool> IsShownAsync() => await AnsweredAsync(
        "is shown or not",
        () => SendAsync(HttpMethod.Get),
        status => status is HttpStatusCode.OK or HttpStatusCode.NotFound) == HttpStatusCode.OK;

    /// <summary>Whether a key opens the account.</summary>
    public async Task<bool> OpensAsync(string key) => await AnsweredAsync(
        "takes the key or refuses it",
        () => _service.Api.WithKey(key).SendAsync(HttpMethod.Get, Tenant.Path),
        status => status is HttpStatusCode.OK or HttpStatusCode.Unauthorized) == HttpStatusCode.OK;

    /// <summary>Makes a key of the account.</summary>
    public async Task<string> NewKeyAsync() =>
        (await _service.Api.SendAsync(HttpMethod.Post, $"{Tenant.Path}/keys", HttpStatusCode.Created, AnswersJson.Default.NewKey)).Key;

    /// <summary>Disconnects it.</summary>
    public Task DisconnectAsync() => AnsweredAsync(
        "is disconnected",
        () => SendAsync(HttpMethod.Delete),
        status => status is HttpStatusCode.NoContent or HttpStatusCode.NotFound);

    /// <summary>Asks for an import, as a person would after a crash.</summary>
    public Task SynchronizeAsync() =>
        AnsweredAsync("is synchronized", () => _service.Api.SendAsync(HttpMethod.Post, $"{Tenant.Path}/synchronize"), IsSuccess);

    /// <summary>The same, sent once; answers the default when nobody answered.</summary>
    public Task<HttpStatusCode> TrySynchronizeAsync() =>
        OnceAsync(() => _service.Api.SendAsync(HttpMethod.Post, $"{Tenant.Path}/synchronize"));

    /// <summary>Waits until every run has ended and the newest was not interrupted.</summary>
    public Task SettleAsync(TimeSpan? patience = null) => Eventually.GetAsync(
        $"the runs of {Tenant.Id} end",
        RunsOrNoneAsync,
        runs => runs.Count > 0 && runs.All(run => run.IsFinished) && runs[0].Error?.Code != "interrupted",
        patience ?? _patience);

    /// <summary>Gathers what is known of it.</summary>
    public async Task<ImportEvidence> GatherAsync() => await Eventually.GetAsync(
        $"the evidence of {Tenant.Id} is there",
        async () =>
        {
            try
            {
                return await ReadAsync();
            }
            catch (Exception exception) when (IsAway(exception))
            {
                return null;
            }
        },
        evidence => evidence is not null,
        _patience) ?? throw new InvalidOperationException("Nothing was gathered.");

    private async Task<ImportEvidence?> ReadAsync()
    {
        var rows = await Tenant.RowsAsync();
        var responsible = await _service.Api.GetAsync($"{Tenant.Path}/responsible-employees", AnswersJson.Default.ResponsibleList);
        var runs = new List<Run>();
        foreach (var run in await Tenant.RunsAsync())
        {
            runs.Add(await Tenant.RunAsync(run.RunId));
        }

        return new ImportEvidence
        {
            Plan = Plan,
            Employees = Tenant.CallGear.Employees,
            Changes = Tenant.CallGear.Changes,
            GroupMembers = Tenant.CallGear.FindGroup(AccountPlan.GroupId)?.Members ?? [],
            Requests = Tenant.Requests(),
            Rows = rows,
            Responsible = responsible.Items,
            Runs = runs,
            Interruptions = Interruptions,
        };
    }

    private async Task<IReadOnlyList<Run>> RunsOrNoneAsync()
    {
        try
        {
            return await Tenant.RunsAsync();
        }
        catch (Exception exception) when (IsAway(exception))
        {
            return [];
        }
    }

    private Task<HttpStatusCode> AnsweredAsync(
        string what, Func<Task<HttpResponseMessage>> sendAsync, Func<HttpStatusCode, bool> isExpected) => Eventually.GetAsync(
        $"{Tenant.Id} {what}", () => OnceAsync(sendAsync), isExpected, _patience);

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, JsonObject? body = null) =>
        _service.Api.SendAsync(method, Tenant.Path, body is null ? null : JsonContent.Create(body));

    private static async Task<HttpStatusCode> OnceAsync(Func<Task<HttpResponseMessage>> sendAsync)
    {
        try
        {
            using var answer = await sendAsync();
            return answer.StatusCode;
        }
        catch (Exception exception) when (IsAway(exception))
        {
            return default;
        }
    }

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;

    // The process is being started again, or the cluster has not noticed yet that a silo is dead.
    private static bool IsAway(Exception exception) =>
        exception is UnavailableException or InvalidOperationException or HttpRequestException or IOException;
}
