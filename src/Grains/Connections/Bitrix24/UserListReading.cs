using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansSync.Bitrix24;
using OrleansSync.Bitrix24.Credentials;
using OrleansSync.Bitrix24.Responses;
using OrleansSync.Bitrix24.Users;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.Bitrix24;

/// <summary>
/// Reads a portal's whole list of users (R8.4): with requests as large as the portal answers in time, going on after the last good page
/// where one breaks off, and by numbered pages where the portal drops the filter by id.
/// </summary>
/// <param name="account">The account.</param>
/// <param name="session">Sends the requests.</param>
/// <param name="learned">What earlier readings have taught.</param>
/// <param name="knownUsers">Users known from earlier runs; 0 when none are.</param>
/// <param name="environment">The clock, and how often a list is read that is not whole.</param>
/// <param name="logger">Is told of lists that are not whole.</param>
internal sealed partial class UserListReading(
    string account,
    Bitrix24Session session,
    PortalReading learned,
    int knownUsers,
    ConnectionEnvironment environment,
    ILogger logger)
{
    // Enough for most portals, so that they need one request; what a larger one would need is not known.
    private const int FirstPages = 3;

    // So many more than are known cost no further request.
    private const int Newcomers = 10;

    /// <summary>What is known of the portal by now, whatever came of the reading.</summary>
    public PortalReading Learned { get; private set; } = learned;

    private DateTimeOffset Now => environment.Time.GetUtcNow();

    /// <summary>Reads the list; the users come by rising id.</summary>
    public async Task<CallOutcome<ImmutableArray<Bitrix24User>>> RunAsync(CancellationToken cancellationToken)
    {
        for (var reading = 1; ;)
        {
            var byId = Learned.IsFilterOfNoUse(Now) ? null : new UserListById();
            Bitrix24UserList list = byId is null ? new UserListByStart() : byId;
            var answer = await ReadToEndAsync(list, cancellationToken);
            if (answer.Failure is not null)
            {
                return answer.Select(static _ => ImmutableArray<Bitrix24User>.Empty);
            }

            if (list.Error is null)
            {
                // One page shows nothing of the filter.
                var isFilterKnown = byId?.Users.Count > Bitrix24UserPage.Size;
                Learned = Learned with
                {
                    Users = list.Users.Count,
                    FilterIgnoredAt = isFilterKnown ? null : Learned.FilterIgnoredAt,
                };
                return answer.Select(_ => list.Users.ToImmutableArray());
            }

            if (byId is { IsFilterIgnored: true })
            {
                LogFilterIgnored(logger, account);
                Learned = Learned with { FilterIgnoredAt = Now };
                continue;
            }

            LogListShifted(logger, account, reading);
            if (reading++ >= environment.Options.ListReadings)
            {
                return new CallOutcome<ImmutableArray<Bitrix24User>>(
                    [], Bitrix24Problems.Of($"Account {account}", list.Error), answer.Calls);
            }
        }
    }

    private async Task<CallOutcome<Bitrix24UserBatch>> ReadToEndAsync(Bitrix24UserList list, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await session.ReadAsync(
                (client, credentials, sending) => SendAsync(list, client, credentials, sending, cancellationToken),
                cancellationToken,
                static batch => batch.BrokenOffBy);
            if (answer.Failure is not null || list.Add(answer.Value!) is not null || list.IsComplete)
            {
                return answer;
            }

            if (answer.Value!.BrokenOffBy is { } why)
            {
                await session.PauseAsync(why, cancellationToken);
            }
        }
    }

    private async Task<VendorResult<Bitrix24UserBatch, Bitrix24Timing>> SendAsync(
        Bitrix24UserList list,
        Bitrix24Client client,
        Bitrix24Credentials credentials,
        CancellationToken sending,
        CancellationToken givenUp)
    {
        var pages = PagesOf(list);
        var sent = environment.Time.GetTimestamp();
        try
        {
            var result = await client.ReadUsersAsync(credentials, list.NextPosition, pages, sending);
            var took = environment.Time.GetElapsedTime(sent);
            if (result.IsSuccess)
            {
                Learned = Learned.Answered(result.Value.BrokenOffBy is null ? pages : result.Value.Pages.Count, took, Now);
            }
            else if (result.Error.MayBeTooSlow())
            {
                Learned = Learned.TimedOut(pages, Now);
            }

            return result;
        }
        catch (OperationCanceledException) when (!givenUp.IsCancellationRequested)
        {
            // What a run may spend on repetitions is used up: also a time within which so many pages do not come.
            Learned = Learned.TimedOut(pages, Now);
            throw;
        }
    }

    // A page beyond the last costs as much as the largest page, as its reference to a user that does not exist is answered with the first
    // users again: no more are asked for than are known to be there. Where more came than were known, each request is larger than all
    // before it. Only the second page shows whether the filter is dropped.
    private int PagesOf(Bitrix24UserList list)
    {
        var (read, known) = (list.Users.Count, Learned.Users ?? knownUsers);
        var isKnown = known > 0 && read <= known;
        long wanted = list switch
        {
            UserListByStart => list.PagesLeft ?? (isKnown ? ((known - read) / Bitrix24UserPage.Size) + 1 : 1),
            _ when Learned.FilterIgnoredAt is not null && read == 0 => 2,
            _ when isKnown => ((known - read + Newcomers) / Bitrix24UserPage.Size) + 1,
            _ => Math.Max(FirstPages, 8 * read / Bitrix24UserPage.Size),
        };
        return (int)Math.Clamp(wanted, 1, Learned.PagesToAsk(Now));
    }
}
