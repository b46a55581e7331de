using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Employees;

public sealed class EmployeeEndpointsTests : IAsyncLifetime
{
    private const string Employees = "/api/v1/accounts/acme/employees";

    private static readonly EmployeeRow _ann = new()
    {
        BitrixUserId = 7,
        Name = "Ann Lee",
        Email = "ann@example.com",
        Outcome = EmployeeOutcome.Matched,
        CallGearEmployeeId = 900007,
        LinkedBy = LinkOrigin.Email,
        LinkedAt = Samples.Noon,
        Responsible = true,
    };

    private TestApi _api = null!;
    private ScriptedPortal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.StartAsync();
        _portal = _api.Grains.Connect("acme");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task List_Rows_HaveTheFixedShape()
    {
        _portal.EmployeePage = new Page<EmployeeRow>(
            [_ann, new EmployeeRow
            {
                BitrixUserId = 8,
                Name = "Bo",
                Outcome = EmployeeOutcome.Skipped,
                Reason = new Problem(ProblemCode.MissingEmail, "No address."),
            }],
            null);

        JsonAssert.Equal(
            """
            {"items":[
              {"bitrixUserId":7,"name":"Ann Lee","email":"ann@example.com","outcome":"matched","reason":null,"callGearEmployeeId":900007,
               "linkedBy":"email","linkedAt":"2025-03-01T12:00:00Z","responsible":true},
              {"bitrixUserId":8,"name":"Bo","email":null,"outcome":"skipped","reason":{"code":"missingEmail","message":"No address."},
               "callGearEmployeeId":null,"linkedBy":null,"linkedAt":null,"responsible":false}],
             "nextCursor":null}
            """,
            (await _api.GetAsync(Employees)).Text);
    }

    [Fact]
    public async Task List_Parameters_ReachTheAccount()
    {
        _portal.EmployeePage = new Page<EmployeeRow>([_ann], "7");
        var cursor = (string?)(await _api.GetAsync(Employees)).Json["nextCursor"];

        await _api.GetAsync($"{Employees}?cursor={cursor}&limit=3&outcome=deleted&query=%20Ann%20");

        Assert.Equal(new EmployeeQuery("7", 3, EmployeeOutcome.Deleted, "Ann"), _portal.LastEmployeeQuery);
    }

    [Theory]
    [InlineData("outcome=gone", "outcome")]
    [InlineData("limit=500", "limit")]
    [InlineData("cursor=x", "cursor")]
    public async Task List_BadParameter_Answers400NamingIt(string query, string name) =>
        Assert.Equal([name], (await _api.GetAsync($"{Employees}?{query}")).AssertProblem(400).ErrorPaths);

    [Fact]
    public async Task Get_User_ShowsItsHistory()
    {
        _portal.Employee = new EmployeeDetails(
            _ann,
            [
                new HistoryEntry
                {
                    At = Samples.Noon,
                    RunId = "run-1",
                    Outcome = ChangeOutcome.Linked,
                    CallGearEmployeeId = 900007,
                    Fields = [new FieldChange("phoneNumbers", null, "74951234567")],
                },
            ]);

        var answer = await _api.GetAsync(Employees + "/7");

        Assert.Equal("Ann Lee", (string?)answer.Json["name"]);
        JsonAssert.Equal(
            """
            [{"at":"2025-03-01T12:00:00Z","runId":"run-1","outcome":"linked","reason":null,"callGearEmployeeId":900007,
              "fields":[{"field":"phoneNumbers","from":null,"to":"74951234567"}],"note":null}]
            """,
            answer.Json["history"]!.ToJsonString());
    }

    [Fact]
    public async Task Get_UnknownUser_Answers404() => (await _api.GetAsync(Employees + "/7")).AssertProblem(404, "employeeNotFound");
}
