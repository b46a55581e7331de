using System.Net;
using System.Net.Http.Json;
using OrleansSync.Faults.Invariants;
using OrleansSync.Sandbox;
using OrleansSync.Testing.Client;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Services;
using OrleansSync.Testing.Tenants;

namespace OrleansSync.Faults.Accounts;

/// <summary>An account under test with its plan. Its requests bear processes that are away: they are sent again until they are answered.</summary>
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

    /// <summary>Connects it.</summary>
    public Task ConnectAsync() => AnsweredAsync("is connected", () => _service.Api.SendAsync(HttpMethod.Put, Tenant.Path, JsonContent.Create(Tenant.Body())), IsSuccess);

    /// <summary>Disconnects it.</summary>
    public Task DisconnectAsync() => AnsweredAsync(
        "is disconnected",
        () => _service.Api.SendAsync(HttpMethod.Delete, Tenant.Path),
        status => status is HttpStatusCode.NoContent or HttpStatusCode.NotFound);

    /// <summary>Asks for an import, as a person would after a crash.</summary>
    public Task SynchronizeAsync() =>
        AnsweredAsync("is synchronized", () => _service.Api.SendAsync(HttpMethod.Post, $"{Tenant.Path}/synchronize"), IsSuccess);

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

    private Task<HttpStatusCode> AnsweredAsync(string what, Func<Task<HttpResponseMessage>> sendAsync, Func<HttpStatusCode, bool> isExpected) => Eventually.GetAsync(
        $"{Tenant.Id} {what}",
        async () =>
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
        },
        isExpected,
        _patience);

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;

    // The process is being started again, or the cluster has not noticed yet that a silo is dead.
    private static bool IsAway(Exception exception) => exception is UnavailableException or InvalidOperationException or HttpRequestException or IOException;
}
