using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OrleansSync.CallGear.Employees;
using OrleansSync.Testing.Loopback;

namespace OrleansSync.CallGear.Tests;

/// <summary>What a lost or broken answer says of a create, and that it is never sent twice (R3.8).</summary>
public sealed class LostAnswerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_DroppedOnAKeptConnection_IsNotSentAgain()
    {
        // .NET sends some requests again by itself when a pooled connection turns out to be closed; a create must not be among them.
        var creates = 0;
        await using var server = await LoopbackServer.StartAsync(async (context, request) =>
        {
            var body = JsonNode.Parse(request.Body)!;
            if ((string?)body["method"] == "create.employees")
            {
                creates++;
                await Faults.DropAsync(context);
                return;
            }

            await context.Response.WriteAsync($$$"""{"id":"{{{body["id"]}}}","result":{"data":[]}}""", context.RequestAborted);
        });
        using var http = Clients.Http();

        var read = await Clients.Rpc(http).GetEmployeeAsync(Clients.Credentials(server.Url), 7, Cancellation);
        var error = await CreateAsync(http, server.Url);

        Assert.True(read.IsSuccess);
        Assert.True(error.IsOutcomeUnknown);
        Assert.Equal(1, creates);
    }

    [Theory]
    [InlineData(502, VendorErrorKind.Unavailable)]
    [InlineData(200, VendorErrorKind.InvalidAnswer)]
    public async Task Create_HtmlPage_OutcomeUnknown(int status, VendorErrorKind expected)
    {
        await using var server = await LoopbackServer.AnsweringAsync(status, "<html><body>Bad gateway</body></html>");
        using var http = Clients.Http();

        var error = await CreateAsync(http, server.Url);

        Assert.Equal((expected, true), (error.Kind, error.IsOutcomeUnknown));
    }

    [Fact]
    public async Task Create_FailureCutShort_UnavailableWithOutcomeUnknown()
    {
        await using var server = await LoopbackServer.StartAsync(static (context, _) =>
        {
            context.Response.StatusCode = 502;
            return Faults.CutShortAsync(context);
        });
        using var http = Clients.Http();

        var error = await CreateAsync(http, server.Url);

        Assert.Equal((VendorErrorKind.Unavailable, true), (error.Kind, error.IsOutcomeUnknown));
    }

    [Fact]
    public async Task Create_ErrorBodyWithAnotherStatus_UsesTheBody()
    {
        await using var server = await Clients.ServeAsync("\"error\":{\"code\":-32602,\"data\":{\"mnemonic\":\"duplicate_entity\"}}", 500);
        using var http = Clients.Http();

        var error = await CreateAsync(http, server.Url);

        Assert.Equal((VendorErrorKind.Duplicate, false), (error.Kind, error.IsOutcomeUnknown));
    }

    [Fact]
    public async Task Create_AnswerThatStalls_GivenUpAfterThirtySeconds()
    {
        var begun = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync((context, _) => Faults.StallAsync(context, begun));
        using var http = Clients.Http();
        var time = new FakeTimeProvider();

        var call = CreateAsync(http, server.Url, time);
        await begun.Task;
        time.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("CallGear did not answer within 30 seconds.", (await call).Message);
    }

    private static async Task<VendorError> CreateAsync(HttpClient http, Uri server, TimeProvider? time = null) =>
        (await Clients.Rpc(http, time)
            .CreateEmployeeAsync(Clients.Credentials(server), new CallGearEmployee { LastName = "Lee" }, Cancellation)).Error!;
}
