using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Responsible;

namespace OrleansSync.Api.Tests.Responsible;

public sealed class ResponsibleEndpointsTests : IAsyncLifetime
{
    private const string Responsible = "/api/v1/accounts/acme/responsible-employees";

    private TestApi _api = null!;
    private ScriptedPortal _portal = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await TestApi.StartAsync();
        _portal = _api.Grains.Connect("acme");
    }

    public ValueTask DisposeAsync() => _api.DisposeAsync();

    [Fact]
    public async Task List_Employees_HaveTheFixedShape()
    {
        _portal.Responsible = [new ResponsibleEmployee(7, 900007, "Ann Lee")];

        JsonAssert.Equal(
            """{"items":[{"bitrixUserId":7,"callGearEmployeeId":900007,"name":"Ann Lee"}]}""", (await _api.GetAsync(Responsible)).Text);
    }

    [Theory]
    [InlineData("DELETE", false, "responsible.removed")]
    [InlineData("PUT", true, "responsible.added")]
    public async Task Change_ByAnAccountsKey_Answers204AndIsInTheTrail(string method, bool responsible, string action)
    {
        var answer = await _api.SendAsync(new HttpMethod(method), Responsible + "/7", _api.KeyOf("acme"));

        Assert.Equal(204, answer.Status);
        Assert.Equal([(7L, responsible)], _portal.SetResponsible);
        var entry = Assert.Single(_api.Grains.AuditOf("acme").Entries);
        Assert.Equal((action, AuditActorKind.Account), (entry.Action, entry.Actor.Kind));
        Assert.Equal(new AuditDetail("bitrixUserId", "7", null), Assert.Single(entry.Details));
    }

    [Theory]
    [InlineData(ResponsibleChangeOutcome.NotImported, 404, "employeeNotFound")]
    [InlineData(ResponsibleChangeOutcome.Deleted, 409, "userDeleted")]
    public async Task Change_NotPossible_AnswersWhyAndIsNotInTheTrail(ResponsibleChangeOutcome outcome, int status, string code)
    {
        _portal.NextResponsible = outcome;

        (await _api.SendAsync(HttpMethod.Put, Responsible + "/7", TestApi.AdminKey)).AssertProblem(status, code);
        Assert.Empty(_api.Grains.AuditOf("acme").Entries);
    }
}
