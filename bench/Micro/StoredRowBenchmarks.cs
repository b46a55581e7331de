using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Grains.Portals;
using OrleansSync.Grains.Storage;
using OrleansSync.Micro.Data;
using OrleansSync.Storage.Rows;

namespace OrleansSync.Micro;

/// <summary>What is made of an account and of an employee to store it, and back, without a database.</summary>
public class StoredRowBenchmarks
{
    private static readonly DateTimeOffset _at = new(2026, 3, 2, 8, 30, 0, TimeSpan.Zero);

    private readonly PortalState _state = new()
    {
        ConnectedAt = _at,
        LastServedAt = _at,
        ReminderPeriod = TimeSpan.FromMinutes(30),
        LastNumber = 17_520,
        LastDecided = 17_520,
        LastSuccessAt = _at,
        LastReadAt = _at,
        Linked = new LinkedPortal(new PortalIdentity("acme.bitrix24.example", "a223c6b3710f85df22e9377d6c4f7553")),
    };

    private readonly StoredConnection _connection = new(
        new AccountConnection
        {
            DisplayName = "Acme",
            Bitrix24 = new Bitrix24Access
            {
                Edition = Bitrix24Edition.Cloud,
                DisplayAddress = "https://acme.bitrix24.example/rest/1/•••",
                PortalKey = "acme.bitrix24.example",
                IsOAuth = false,
                WebhookUrl = new ProtectedText(Sealed(length: 240)),
                ApplicationToken = new ProtectedText(Sealed(length: 180)),
            },
            CallGear = new CallGearAccess
            {
                BaseUrl = "https://dataapi.callgear.com/v2.0",
                AccessToken = new ProtectedText(Sealed(length: 200)),
            },
            Settings = AccountSettings.Default,
        },
        Generation: 1,
        TokensSince: 1);

    private readonly UserWrite _created = Created(Person.Many(1)[0]);
    private string _stateText = "";
    private string _connectionText = "";

    /// <summary>Makes what is read.</summary>
    [GlobalSetup]
    public void Prepare() => (_stateText, _connectionText) = ((string)WriteState(), (string)WriteConnection());

    /// <summary>The state of an account, which every run writes.</summary>
    [Benchmark]
    public object WriteState() => JsonSerializer.Serialize(_state, GrainStateJsonContext.Default.PortalState);

    /// <summary>The state of an account, as it is read when the account wakes.</summary>
    [Benchmark]
    public object? ReadState() => JsonSerializer.Deserialize(_stateText, GrainStateJsonContext.Default.PortalState);

    /// <summary>The connection of an account, which is written when a person changes it.</summary>
    [Benchmark]
    public object WriteConnection() => JsonSerializer.Serialize(_connection, GrainStateJsonContext.Default.StoredConnection);

    /// <summary>The connection of an account, as it is read when the account wakes.</summary>
    [Benchmark]
    public object? ReadConnection() => JsonSerializer.Deserialize(_connectionText, GrainStateJsonContext.Default.StoredConnection);

    /// <summary>The row of an employee who was created, with its entry in the history and the run's change, to statements.</summary>
    [Benchmark]
    public object EmployeeToStatements() => RowStatements.Of(_created);

    private static UserWrite Created(Person person)
    {
        var row = ImportInputs.Row(person);
        FieldChange[] fields =
        [
            new("firstName", null, person.FirstName), new("lastName", null, "(bitrix24) " + person.LastName),
            new("patronymic", null, person.Patronymic), new("email", null, row.Email), new("phoneNumbers", null, "74951001107"),
        ];
        return new UserWrite
        {
            AccountId = "acme",
            Row = row,
            Expected = 1,
            Run = row.Run,
            History =
            [
                new HistoryEntry
                {
                    At = _at,
                    RunId = "019522a1c4f07d1f8a3c5b7e9d0f1a2b",
                    Outcome = ChangeOutcome.Created,
                    CallGearEmployeeId = row.Link?.EmployeeId,
                    Fields = [.. fields],
                },
            ],
            Changes =
            [
                new RunChange
                {
                    BitrixUserId = row.UserId,
                    Name = row.Name,
                    Outcome = ChangeOutcome.Created,
                    CallGearEmployeeId = row.Link?.EmployeeId,
                    Fields = [.. fields],
                },
            ],
        };
    }

    // Sealed secrets are text without meaning.
    private static string Sealed(int length) => string.Concat(Enumerable.Range(0, length).Select(place => (char)('a' + (place * 7 % 26))));
}
