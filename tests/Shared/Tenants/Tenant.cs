using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Requests;
using OrleansSync.Sandbox.Seeding;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;

namespace OrleansSync.Testing.Tenants;

/// <summary>One account of the service with its portal and CallGear account in the sandbox, all under one name of its own.</summary>
internal sealed class Tenant
{
    private static long _last;

    private readonly RunningService _service;
    private readonly SandboxServer _sandbox;

    private Tenant(RunningService service, SandboxServer sandbox, SeedData data)
    {
        _service = service;
        _sandbox = sandbox;
        Id = string.Create(CultureInfo.InvariantCulture, $"tenant-{Interlocked.Increment(ref _last)}");
        (Portal, CallGear) = sandbox.Seed(Id, Id, data);
    }

    /// <summary>Its name everywhere.</summary>
    public string Id { get; }

    /// <summary>The Bitrix24 portal.</summary>
    public BitrixPortal Portal { get; }

    /// <summary>The CallGear account.</summary>
    public CallGearAccount CallGear { get; }

    /// <summary>The account's address in the service.</summary>
    public string Path => $"api/v1/accounts/{Id}";

    /// <summary>The account's settings, sent with every <see cref="PutAsync"/>.</summary>
    public JsonObject Settings { get; } = [];

    /// <summary>The portal's edition, sent with every <see cref="PutAsync"/>.</summary>
    public string Edition { get; set; } = "cloud";

    private ApiClient Api => _service.Api;

    /// <summary>Makes the tenant in the sandbox; the service does not know it yet.</summary>
    public static Tenant Create(RunningService service, SandboxServer sandbox, SeedData data) => new(service, sandbox, data);

    /// <summary>The body that connects it.</summary>
    public JsonObject Body() => new()
    {
        ["displayName"] = Id,
        ["bitrix24"] = new JsonObject
        {
            ["edition"] = Edition,
            ["webhookUrl"] = Portal.WebhookUrl.AbsoluteUri,
            ["applicationToken"] = Portal.ApplicationToken,
        },
        ["callGear"] = new JsonObject { ["baseUrl"] = CallGear.BaseUrl.AbsoluteUri, ["accessToken"] = CallGear.AccessToken },
        ["settings"] = Settings.DeepClone(),
    };

    /// <summary>Connects or changes the account.</summary>
    public Task<Account> PutAsync(HttpStatusCode expected = HttpStatusCode.OK) =>
        Api.SendAsync(HttpMethod.Put, Path, expected, AnswersJson.Default.Account, Body());

    /// <summary>Connects the account and waits for the end of its first run.</summary>
    public async Task<Run> ConnectAsync()
    {
        await PutAsync(HttpStatusCode.Created);
        return await FirstRunAsync("connected");
    }

    /// <summary>Connects the account paused, so that nothing is imported yet.</summary>
    public async Task ConnectPausedAsync()
    {
        Settings["paused"] = true;
        await PutAsync(HttpStatusCode.Created);
    }

    /// <summary>Imports the account and waits for the end.</summary>
    public Task<Run> SynchronizeAsync(string query = "") =>
        Api.SendAsync(HttpMethod.Post, $"{Path}/synchronize?wait=300{query}", HttpStatusCode.OK, AnswersJson.Default.Run);

    /// <summary>Asks for an import without waiting.</summary>
    public Task<Run> RequestRunAsync(string query = "") =>
        Api.SendAsync(HttpMethod.Post, $"{Path}/synchronize{query}", HttpStatusCode.Accepted, AnswersJson.Default.Run);

    /// <summary>Approves a held run and waits for the end of the run that comes of it.</summary>
    public async Task<Run> ApproveAsync(Run held)
    {
        var run = await Api.SendAsync(
            HttpMethod.Post, $"{Path}/runs/{held.RunId}/approve", HttpStatusCode.Accepted, AnswersJson.Default.Run);
        return await EndOfAsync(run.RunId);
    }

    /// <summary>Waits for the end of a run.</summary>
    public Task<Run> EndOfAsync(string runId) =>
        Eventually.GetAsync($"run {runId} of {Id} ends", () => RunAsync(runId), run => run.IsFinished, TimeSpan.FromSeconds(300));

    /// <summary>Waits for the end of the oldest run of a trigger.</summary>
    public async Task<Run> FirstRunAsync(string trigger)
    {
        var runs = await Eventually.GetAsync(
            $"a run of {Id} by {trigger} ends", RunsAsync, runs => runs.Any(run => run.Trigger == trigger && run.IsFinished));
        return await RunAsync(runs.Last(run => run.Trigger == trigger).RunId);
    }

    /// <summary>A run with its changes.</summary>
    public Task<Run> RunAsync(string runId) => Api.GetAsync($"{Path}/runs/{runId}", AnswersJson.Default.Run);

    /// <summary>The runs, newest first.</summary>
    public Task<IReadOnlyList<Run>> RunsAsync() => Api.ListAsync($"{Path}/runs", AnswersJson.Default.PageRun);

    /// <summary>The account as it is shown.</summary>
    public Task<Account> AccountAsync() => Api.GetAsync(Path, AnswersJson.Default.Account);

    /// <summary>The known users by id.</summary>
    public async Task<IReadOnlyDictionary<long, Row>> RowsAsync() =>
        (await Api.ListAsync($"{Path}/employees", AnswersJson.Default.PageRow)).ToDictionary(row => row.BitrixUserId);

    /// <summary>One known user with its history.</summary>
    public Task<Row> RowAsync(long user) => Api.GetAsync($"{Path}/employees/{user}", AnswersJson.Default.Row);

    /// <summary>Users on the list of responsible employees.</summary>
    public async Task<IReadOnlyList<long>> ResponsibleAsync() =>
        [.. (await Api.GetAsync($"{Path}/responsible-employees", AnswersJson.Default.ResponsibleList)).Items.Select(item =>
            item.BitrixUserId)];

    /// <summary>Takes an employee out of the list by hand, or puts it back.</summary>
    public async Task SetResponsibleAsync(long user, bool responsible) => Assert.Equal(
        HttpStatusCode.NoContent,
        await Api.StatusAsync(responsible ? HttpMethod.Put : HttpMethod.Delete, $"{Path}/responsible-employees/{user}"));

    /// <summary>The employee that a row is linked to, as CallGear has it.</summary>
    public Employee EmployeeOf(Row row) => CallGear.FindEmployee(row.CallGearEmployeeId!.Value)!;

    /// <summary>The one employee with an address.</summary>
    public Employee EmployeeWith(string email) => Assert.Single(CallGear.Employees, employee => employee.Email == email);

    /// <summary>Finished requests to this tenant's vendors, in order.</summary>
    public IReadOnlyList<RequestRecord> Requests() => [.. _sandbox.Requests.Records.Where(record => record.Target == Id)];

    /// <summary>Finished requests that could change something.</summary>
    public IReadOnlyList<RequestRecord> Writes() =>
        [.. Requests().Where(record => record.Method.StartsWith("create.", StringComparison.Ordinal)
            || record.Method.StartsWith("update.", StringComparison.Ordinal))];

    /// <summary>What no import may ever do, whatever else a test looks at.</summary>
    public void AssertNothingBroken()
    {
        Assert.Empty(CallGear.CreatedDuplicates());
        Assert.Empty(CallGear.LostNumbers());
        Assert.Empty(CallGear.MarkedTwice());
    }
}
