using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.CallGear;
using OrleansSync.Grains.Connections.Limits;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Portals;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Tests.Storage;

/// <summary>One state of each kind with every member filled, by the state's name.</summary>
internal static class StateSamples
{
    /// <summary>The name of what the column <c>state</c> of an account holds.</summary>
    public const string Account = "account";

    /// <summary>The name of what the column <c>connection</c> of an account holds.</summary>
    public const string Connection = "connection";

    private static readonly DateTimeOffset _at = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    private static readonly Problem _problem = new(ProblemCode.PhoneRejected, "Refused.");

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
        ApprovedPortal = new PortalIdentity("other.example", "2f6"),
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
            TokensSince = 2,
            AccessToken = new ProtectedText("protected"),
            RefreshToken = new ProtectedText("protected"),
            IsRenewalDoubtful = true,
            Portal = new ToldPortal(3, "acme.example", "a223c6b3710f85df22e9377d6c4f7553", "https://acme.example/rest/"),
            Reading = new PortalReading
            {
                Generation = 3,
                Pages = new RequestSize { Size = 13, TooMuch = 50, TooMuchAt = _at },
                Users = 2_600,
                FilterIgnoredAt = _at,
            },
        },
        ["callGearConnection"] = new CallGearConnectionState
        {
            Generation = 3,
            Employees = new RequestSize { Size = 800, TooMuch = 10_000, TooMuchAt = _at },
        },
        [Connection] = new StoredConnection(
            new AccountConnection
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
            Generation: 3,
            TokensSince: 2,
            new PortalView("acme.example", "a223c6b3710f85df22e9377d6c4f7553")),
        [Account] = new PortalState
        {
            ConnectedAt = _at,
            IsBeingErased = true,
            LastServedAt = _at,
            ReminderPeriod = TimeSpan.FromMinutes(30),
            Queue = [_queued],
            Active = new ActiveRun(_queued, _at, 7),
            IsHandedOver = true,
            LastNumber = 7,
            LastDecided = 6,
            LastSuccessAt = _at,
            LastReadAt = _at,
            WatchedSince = _at,
            FailuresInARow = 3,
            FailingSince = _at,
            LastFailure = _problem,
            Hold = _problem,
            Problem = _problem,
            Suspension = new Suspension(3, _at),
            Linked = new LinkedPortal(new PortalIdentity("acme.example", "7ab"))
            {
                Hold = new PortalHold(new PortalIdentity("other.example", "2f6"), _at),
                Move = new PortalMove(new PortalIdentity("other.example", "2f6"), [900007]),
            },
        },
    };
}
