using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>Carries out the calls to one portal: <c>user.get</c> and <c>batch</c>.</summary>
internal sealed class RestCalls(BitrixPortal portal, FaultBook faults, TimeProvider time)
{
    private int _pages;

    public VendorResponse Execute(RestCaller caller, string method, JsonObject parameters)
    {
        try
        {
            Admit(caller);
            var answer = method switch
            {
                "user.get" => SingleCall(parameters),
                "batch" => new Batch(this, time).Run(parameters, portal.Settings.AnsweredCommands),
                _ => throw new RestException(RestError.Of("ERROR_METHOD_NOT_FOUND")),
            };
            return answer with { Timing = TimingOf(portal.Settings) };
        }
        catch (RestException refusal)
        {
            return Answer(refusal.Error);
        }
    }

    public static VendorResponse Answer(RestError error) => VendorResponse.Json(error.Status, error.Code, writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("error", error.Code);
        writer.WriteString("error_description", error.Description);
        writer.WriteEndObject();
    });

    /// <summary>The answer that a fault wants.</summary>
    public static VendorResponse Refuse(Fault fault)
    {
        var error = RestError.Of(fault.Kind == FaultKind.RateLimit ? "QUERY_LIMIT_EXCEEDED" : fault.Code ?? "INTERNAL_SERVER_ERROR");
        return Answer(fault.Message is { } message ? error with { Description = message } : error);
    }

    /// <summary>Runs one <c>user.get</c>, alone or as a command.</summary>
    /// <exception cref="RestException">The vendor would refuse it.</exception>
    public (UserPage Page, CallTime Time) GetUsers(JsonObject parameters)
    {
        var start = time.GetUtcNow();
        var settings = portal.Settings;
        var hidesContacts = !settings.Scopes.Any(s => s is "user" or "user_basic");
        if (hidesContacts && !settings.Scopes.Contains("user_brief"))
        {
            throw new RestException(RestError.Of("insufficient_scope"));
        }

        var (allowed, operating, resetAt) =
            portal.Operating.TryAdd(
                "user.get", settings.OperatingSecondsPerCall, settings.OperatingLimitSeconds, settings.OperatingWindowSeconds);
        if (!allowed)
        {
            throw new RestException(RestError.Of("OPERATION_TIME_LIMIT"));
        }

        _pages++;
        var query = UserQuery.Parse(parameters, settings.PlainFiltersOnly);
        var users = portal.UsersFor(query.Filter.NamesIds);
        var page = query.Run(users);
        if (settings.IgnoresStart || (settings.PlainFiltersOnly && page.Users.Count == 0))
        {
            page = (query with { Offset = Math.Min(query.Offset, 0) }).Run(users);
        }

        page = ListFaults.Apply(page with { HidesContacts = hidesContacts, AnswersNulls = settings.AnswersNulls }, faults, portal.Id);
        return (page, new CallTime(start, time.GetUtcNow(), operating, resetAt));
    }

    /// <summary>Runs one command of a batch.</summary>
    /// <param name="method">Method of the command.</param>
    /// <param name="place">Place in the batch, from 1.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <exception cref="RestException">The vendor would refuse it.</exception>
    public (UserPage Page, CallTime Time) Command(string method, int place, JsonObject parameters)
    {
        if (faults.TakeCommandError(portal.Id, method, place) is { } fault)
        {
            throw new RestException(
                RestError.Of(fault.Kind == FaultKind.RateLimit ? "OPERATION_TIME_LIMIT" : fault.Code ?? "INTERNAL_SERVER_ERROR"));
        }

        return method switch
        {
            "user.get" => GetUsers(parameters),
            "batch" => throw new RestException(RestError.Of("ERROR_BATCH_METHOD_NOT_ALLOWED")),
            _ => throw new RestException(RestError.Of("ERROR_METHOD_NOT_FOUND")),
        };
    }

    private ResponseTiming TimingOf(PortalSettings settings) =>
        new(_pages * settings.PageSeconds, settings.FrontEndSeconds, settings.FrontEndDrops);

    private void Admit(RestCaller caller)
    {
        var settings = portal.Settings;
        var refusal = settings.Status switch
        {
            PortalStatus.Deleted => RestError.Of("PORTAL_DELETED"),
            PortalStatus.Overloaded => RestError.Of("OVERLOAD_LIMIT"),
            PortalStatus.NoRest => RestError.Of("ACCESS_DENIED"),
            _ when settings.RateLimited && !portal.Bucket.TryAdd(settings.LeakPerSecond, settings.BucketCapacity) =>
                RestError.Of("QUERY_LIMIT_EXCEEDED"),
            _ when caller.Check(portal) is { } unauthorized => unauthorized,
            _ when settings.UserAccessDenied => RestError.Of("user_access_error"),
            _ => null,
        };
        if (refusal is not null)
        {
            throw new RestException(refusal);
        }
    }

    private VendorResponse SingleCall(JsonObject parameters)
    {
        var (page, callTime) = GetUsers(parameters);
        return VendorResponse.Json(200, null, writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("result");
            page.Write(writer);
            if (page.Next is { } next)
            {
                writer.WriteNumber("next", next);
            }

            if (page.Total is { } total)
            {
                writer.WriteNumber("total", total);
            }

            writer.WritePropertyName("time");
            callTime.Write(writer);
            writer.WriteEndObject();
        });
    }
}
