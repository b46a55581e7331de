using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Control;

/// <summary>
/// The API under <c>/_sandbox/</c> by which other processes set the sandbox up and look into it. See the project's README for the calls.
/// </summary>
internal static class ControlApi
{
    /// <summary>Maps all calls.</summary>
    public static void Map(IEndpointRouteBuilder routes, SandboxServer sandbox)
    {
        var group = routes.MapGroup("/_sandbox");
        Get(group, "/", _ => Task.FromResult(Result(
            new SandboxView(
                sandbox.Address,
                [.. sandbox.Portals.Keys.Order(StringComparer.Ordinal)],
                [.. sandbox.Accounts.Keys.Order(StringComparer.Ordinal)],
                sandbox.Faults.Active.Count),
            ControlJson.Default.SandboxView)));
        On(group, "POST", "/reset", _ =>
        {
            sandbox.Reset();
            return Task.FromResult(NoContent);
        });
        PortalControl.Map(group, sandbox);
        AccountControl.Map(group, sandbox);
        FaultControl.Map(group, sandbox);
        RequestControl.Map(group, sandbox);
        SeedControl.Map(group, sandbox);
    }

    /// <summary>An answer without a body.</summary>
    public static ControlAnswer NoContent { get; } = new(204, default);

    /// <summary>Answers 404 when nothing was there, 204 otherwise.</summary>
    public static ControlAnswer Removed(bool wasThere) => wasThere ? NoContent : Problem(404, "There is nothing of this name.");

    /// <summary>An answer with a body.</summary>
    public static ControlAnswer Result<T>(T value, JsonTypeInfo<T> type) => new(200, JsonSerializer.SerializeToUtf8Bytes(value, type));

    public static void Get(IEndpointRouteBuilder routes, string pattern, Func<HttpContext, Task<ControlAnswer>> serve) =>
        On(routes, "GET", pattern, serve);

    /// <summary>Maps one call; mistakes of the caller become 400 and 404 with a text.</summary>
    public static void On(IEndpointRouteBuilder routes, string method, string pattern, Func<HttpContext, Task<ControlAnswer>> serve) =>
        routes.MapMethods(pattern, [method], async context =>
        {
            var answer = await TryAsync(context, serve);
            context.Response.StatusCode = answer.Status;
            if (!answer.Body.IsEmpty)
            {
                context.Response.ContentType = VendorResponse.JsonType;
                await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
            }
        });

    /// <summary>The request's body as JSON object; an empty body is an empty object.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static async Task<JsonObject> BodyAsync(HttpContext context)
    {
        var body = await RequestBody.ReadAsync(context.Request, context.RequestAborted);
        return body.IsEmpty ? [] : JsonNode.Parse(body.Span) as JsonObject ?? throw new JsonException("The body must be a JSON object.");
    }

    /// <summary>A part of the address.</summary>
    public static string Route(HttpContext context, string name) => (string)context.Request.RouteValues[name]!;

    private static async Task<ControlAnswer> TryAsync(HttpContext context, Func<HttpContext, Task<ControlAnswer>> serve)
    {
        try
        {
            return await serve(context);
        }
        catch (Exception e) when (e is JsonException or FormatException or ArgumentException or InvalidOperationException
            or OverflowException)
        {
            return Problem(400, e.Message);
        }
        catch (KeyNotFoundException e)
        {
            return Problem(404, e.Message);
        }
        catch (Exception e) when (e is HttpRequestException
            or TimeoutException
            or TaskCanceledException { InnerException: TimeoutException })
        {
            return Problem(504, e.Message);
        }
    }

    private static ControlAnswer Problem(int status, string detail) =>
        new(status, Encoding.UTF8.GetBytes(new JsonObject { ["status"] = status, ["detail"] = detail }.ToJsonString()));
}
