using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Hosting;

/// <summary>Accounts, runs and bodies that tests vary.</summary>
internal static class Samples
{
    public const string WebhookSecret = "s3cr3tw3bh00k";

    public const string CallGearSecret = "callgear-key-9f8e7d";

    public const string ApplicationSecret = "application-token-5a4b";

    public static readonly DateTimeOffset Noon = new(2025, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public const string Body = $$"""
        {
          "displayName": "Acme",
          "bitrix24": {
            "edition": "cloud",
            "webhookUrl": "https://acme.bitrix24.com/rest/1/{{WebhookSecret}}/",
            "applicationToken": "{{ApplicationSecret}}"
          },
          "callGear": { "baseUrl": "https://dataapi.callgear.com/v2.0", "accessToken": "{{CallGearSecret}}", "userId": null },
          "settings": { "phoneNumbers": "all", "fillMissingPhones": true, "maxDeletionsPercent": 10, "responsibleGroupId": 7,
                        "paused": true }
        }
        """;

    public static AccountConnection Connection { get; } = new()
    {
        DisplayName = "Acme",
        Bitrix24 = new Bitrix24Access
        {
            Edition = Bitrix24Edition.Cloud,
            DisplayAddress = "https://acme.bitrix24.com/rest/1/•••",
            PortalKey = "acme.bitrix24.com",
            IsOAuth = false,
        },
        CallGear = new CallGearAccess { BaseUrl = "https://dataapi.callgear.com/v2.0" },
        Settings = AccountSettings.Default,
    };

    public static AccountView Account(string accountId) => new()
    {
        AccountId = accountId,
        ConnectedAt = Noon,
        Connection = Connection,
        Status = AccountStatus.Active,
        LastRun = Run(accountId: accountId),
        NextRunAt = Noon.AddMinutes(30),
        Counts = new AccountCounts(3, 2, 1, Known: 4),
        HasApplicationToken = true,
    };

    public static RunSummary Run(string runId = "run-1", RunStatus status = RunStatus.Queued, string accountId = "acme") => new()
    {
        RunId = runId,
        AccountId = accountId,
        Trigger = RunTrigger.Manual,
        Status = status,
        RequestedAt = Noon,
        StartedAt = status == RunStatus.Queued ? null : Noon.AddSeconds(1),
        FinishedAt = status is RunStatus.Queued or RunStatus.Running ? null : Noon.AddSeconds(2),
        Counts = new RunCounts { Users = 2, Linked = 1, Matched = 1 },
        Calls = new RunCalls(1, 5),
    };

    public static EmployeeRow Employee(long user = 7, string name = "Ann Lee", EmployeeOutcome outcome = EmployeeOutcome.Matched) => new()
    {
        BitrixUserId = user,
        Name = name,
        Email = $"{user}@example.com",
        Outcome = outcome,
        CallGearEmployeeId = outcome == EmployeeOutcome.Matched ? 900_000 + user : null,
        Responsible = outcome == EmployeeOutcome.Matched,
    };

    public static RunChange Change(long user = 7) => new()
    {
        BitrixUserId = user,
        Name = "Ann Lee",
        Outcome = ChangeOutcome.Linked,
        CallGearEmployeeId = 900007,
        Fields = [new FieldChange("lastName", "Lee", "(bitrix24) Lee")],
    };
}
