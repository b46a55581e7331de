using System.Collections.Immutable;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Employees;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Portals;
using OrleansSync.Grains.Responsible;
using OrleansSync.Grains.Runs;

namespace OrleansSync.Grains.Tests.Storage;

/// <summary>One state of each kind with every member filled, by the state's name.</summary>
internal static class StateSamples
{
    private static readonly DateTimeOffset _at = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    private static readonly Problem _problem = new(ProblemCode.PhoneRejected, "Refused.");

    private static readonly ImmutableArray<FieldChange> _fields = [new FieldChange("lastName", "Lee", "(bitrix24) Lee")];

    private static readonly EmployeeLink _link = new(900_007, "ann@example.com", LinkOrigin.Email, _at);

    private static readonly RunSummary _run = new()
    {
        RunId = "01",
        AccountId = "acme",
        Trigger = RunTrigger.Manual,
        DryRun = true,
        OnlyUser = 7,
        Status = RunStatus.CompletedWithErrors,
        RequestedAt = _at,
        StartedAt = _at,
        FinishedAt = _at,
        Counts = new RunCounts
        {
            Users = 1,
            Created = 2,
            Linked = 3,
            Matched = 4,
            Skipped = 5,
            Failed = 6,
            PhonesAdded = 7,
            AddedToResponsible = 8,
            RemovedFromResponsible = 9,
        },
        Calls = new RunCalls(1, 5),
        Error = _problem,
    };

    private static readonly QueuedRun _queued = new()
    {
        RunId = "02",
        Trigger = RunTrigger.Approved,
        RequestedAt = _at,
        DryRun = true,
        OnlyUser = 7,
        ServesSchedule = true,
        Approves = "01",
        Approved = new AwaitingApproval([7], [8]),
    };

    private static readonly CallGearAccess _callGear = new()
    {
        BaseUrl = "https://dataapi.callgear.com/v2.0",
        AccessToken = new ProtectedText("protected"),
        UserId = 5,
    };

    private static readonly Bitrix24Access _bitrix24 = new()
    {
        Edition = Bitrix24Edition.OnPremise,
        DisplayAddress = "https://acme.example/rest/1/•••",
        PortalKey = "acme.example",
        IsOAuth = true,
        WebhookUrl = new ProtectedText("protected"),
        AccessToken = new ProtectedText("protected"),
        RefreshToken = new ProtectedText("protected"),
        ApplicationToken = new ProtectedText("protected"),
    };

    /// <summary>The samples.</summary>
    public static IReadOnlyDictionary<string, object> All { get; } = new Dictionary<string, object>
    {
        ["bitrix24Connection"] = new Bitrix24ConnectionState
        {
            TokensSince = 3,
            AccessToken = new ProtectedText("protected"),
            RefreshToken = new ProtectedText("protected"),
            IsRenewalDoubtful = true,
        },
        ["employee"] = new EmployeeState
        {
            Link = _link,
            Intent = new CreateIntent("ann@example.com", "(bitrix24) Lee", _at, _at),
            History =
            [
                new HistoryEntry
                {
                    At = _at, RunId = "01", Outcome = ChangeOutcome.Linked, Reason = _problem, CallGearEmployeeId = 900_007, Fields = _fields, Note = "A note.",
                },
            ],
        },
        ["portal"] = new PortalState
        {
            ConnectedAt = _at,
            Connection = new AccountConnection
            {
                DisplayName = "Acme",
                Bitrix24 = _bitrix24,
                CallGear = _callGear,
                Settings = new AccountSettings
                {
                    PhoneNumbers = PhoneNumberChoice.All,
                    FillMissingPhones = true,
                    MaxDeletionsPercent = 10,
                    ResponsibleGroupId = 501,
                    Paused = true,
                },
            },
            Generation = 4,
            TokensSince = 3,
            HasApplicationToken = true,
            IsBeingErased = true,
            LastServedAt = _at,
            ReminderPeriod = TimeSpan.FromMinutes(30),
            Queue = [_queued],
            Active = new ActiveRun(_queued, _at),
            Runs = [_run],
            Unsettled = [7, 8],
            Awaiting = new AwaitingApproval([1, 2], [3]),
            Problem = _problem,
            Suspension = new Suspension(3, _at),
        },
        ["responsible"] = new ResponsibleState
        {
            Members = ImmutableSortedDictionary<long, long>.Empty.Add(7, 900_007),
            Excluded = [8],
        },
        ["roster"] = new RosterState
        {
            Users = ImmutableSortedDictionary<long, UserRow>.Empty.Add(
                7,
                new UserRow
                {
                    UserId = 7,
                    Name = "Ann Lee",
                    Email = "ann@example.com",
                    Outcome = EmployeeOutcome.Linked,
                    Reason = _problem,
                    Link = _link,
                }),
        },
        ["run"] = new RunState
        {
            Changes =
            [
                new RunChange
                {
                    BitrixUserId = 7, Name = "Ann Lee", Outcome = ChangeOutcome.Linked, Reason = _problem, CallGearEmployeeId = 900_007, Fields = _fields,
                },
            ],
        },
    };
}
