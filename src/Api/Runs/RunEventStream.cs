using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using OrleansSync.Api.Bodies;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Runs;

/// <summary>
/// Turns a run into server-sent events. While nothing happens, <c>progress</c> is sent again, so that proxies do not take the connection
/// for dead.
/// </summary>
internal sealed class RunEventStream(RunWaiting waiting)
{
    /// <summary>The run as it goes on, until its end.</summary>
    /// <param name="portal">The account.</param>
    /// <param name="runId">The run.</param>
    /// <param name="first">The first look at the run, which proved that there is one.</param>
    /// <param name="cancellationToken">Ends the stream with the request.</param>
    public async IAsyncEnumerable<SseItem<string>> ReadAsync(
        IPortalGrain portal, string runId, RunWatch first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var look in waiting.FollowAsync(portal, runId, first, cancellationToken))
        {
            var seen = look.Seen - look.NewChanges.Length;
            foreach (var change in look.NewChanges)
            {
                yield return Event(
                    "change", JsonSerializer.Serialize(ChangeResponse.From(change), ApiJson.Default.ChangeResponse), RunEventId.Of(++seen));
            }

            yield return Event("progress",
                JsonSerializer.Serialize(new ProgressResponse(look.Done, look.Total), ApiJson.Default.ProgressResponse),
                RunEventId.Of(seen));
            if (look is { Run.IsFinished: true, HasMore: false })
            {
                var run = await WholeRun.ReadAsync(portal, runId) ?? new WholeRun(look.Run, []);
                yield return Event("finished", JsonSerializer.Serialize(new RunResponse(run), ApiJson.Default.RunResponse), RunEventId.End);
            }
        }
    }

    private static SseItem<string> Event(string type, string json, string id) => new(json, type) { EventId = id };
}
