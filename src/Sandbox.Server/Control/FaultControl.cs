using System.Globalization;
using OrleansSync.Sandbox.Faults;

namespace OrleansSync.Sandbox.Control;

/// <summary>Calls about faults.</summary>
internal static class FaultControl
{
    private const double MaxWaitSeconds = 300;

    public static void Map(IEndpointRouteBuilder routes, SandboxServer sandbox)
    {
        FaultHandle HandleOf(string id) => sandbox.Faults.Find(id) ?? throw new KeyNotFoundException($"There is no fault {id}.");

        ControlApi.On(routes, "POST", "/faults", async context =>
        {
            var body = await ControlApi.BodyAsync(context);
            _ = body["kind"] ?? throw new FormatException("A fault needs kind.");
            var fault = Overlay.On(new Fault { Kind = FaultKind.Error }, body, ControlJson.Default.Fault);
            return ControlApi.Result(FaultView.Of(sandbox.Faults.Add(fault)), ControlJson.Default.FaultView) with { Status = 201 };
        });
        ControlApi.Get(routes, "/faults", _ => Task.FromResult(ControlApi.Result(
            (IReadOnlyList<FaultView>)[.. sandbox.Faults.Active.Select(FaultView.Of)], ControlJson.Default.IReadOnlyListFaultView)));
        ControlApi.Get(routes, "/faults/{id}", async context =>
        {
            var handle = HandleOf(ControlApi.Route(context, "id"));
            await WaitAsync(context, handle, sandbox.Options.Time);
            return ControlApi.Result(FaultView.Of(handle), ControlJson.Default.FaultView);
        });
        ControlApi.On(routes, "DELETE", "/faults/{id}", context =>
        {
            HandleOf(ControlApi.Route(context, "id")).Dispose();
            return Task.FromResult(ControlApi.NoContent);
        });
        ControlApi.On(routes, "DELETE", "/faults", _ =>
        {
            sandbox.Faults.Clear();
            return Task.FromResult(ControlApi.NoContent);
        });
        ControlApi.On(routes, "POST", "/release", async context =>
        {
            if ((await ControlApi.BodyAsync(context))["id"] is { } id)
            {
                HandleOf(id.GetValue<string>()).Release();
            }
            else
            {
                sandbox.Faults.ReleaseAll();
            }

            return ControlApi.NoContent;
        });
    }

    private static async Task WaitAsync(HttpContext context, FaultHandle handle, TimeProvider time)
    {
        var seconds = double.Parse(context.Request.Query["wait"].FirstOrDefault() ?? "30", CultureInfo.InvariantCulture);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(Math.Min(seconds, MaxWaitSeconds)), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
        try
        {
            await handle.WaitForHeldAsync(NumberIn(context, "held"), either.Token);
            await handle.WaitForHitsAsync(NumberIn(context, "hits"), either.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new TimeoutException($"Fault {handle.Id} holds {handle.Held} and has struck {handle.Hits} times.");
        }
    }

    private static int NumberIn(HttpContext context, string name) =>
        int.Parse(context.Request.Query[name].FirstOrDefault() ?? "0", CultureInfo.InvariantCulture);
}
