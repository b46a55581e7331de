using Microsoft.Extensions.Logging;
using OrleansSync.CallGear.Employees;
using OrleansSync.CallGear.Responses;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Limits;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>
/// Reads an account's whole list of employees (R8.10), with pages as large as CallGear answers in time: first by pages, and where those do
/// not fit together by ranges of ids.
/// </summary>
/// <param name="account">The account.</param>
/// <param name="session">Sends the requests.</param>
/// <param name="size">What is known of the size of pages; null where CallGear was never slow.</param>
/// <param name="environment">The clock, and how often a list is read that is not whole.</param>
/// <param name="logger">Is told of lists that are not whole.</param>
internal sealed partial class EmployeeListReading(
    string account, CallGearSession session, RequestSize? size, ConnectionEnvironment environment, ILogger logger)
{
    // How long the client waits.
    private static readonly TimeSpan _allowed = TimeSpan.FromSeconds(30);

    // Each request costs a point, so that it is not worth one for less than a hundred.
    private static readonly RequestSizing _sizing = new(least: 100, EmployeeList.PageSize, _allowed);

    /// <summary>What is known of the size of pages by now, whatever came of the reading.</summary>
    public RequestSize? Size { get; private set; } = size;

    private DateTimeOffset Now => environment.Time.GetUtcNow();

    private int Limit => _sizing.Next(Size, Now);

    /// <summary>Reads the list.</summary>
    public async Task<CallOutcome<IReadOnlyCollection<CallGearEmployee>>> RunAsync(CancellationToken cancellationToken)
    {
        EmployeeList? unstable = null;
        for (var reading = 1; ; reading++)
        {
            var list = new EmployeeList();
            var ranges = unstable is null ? null : new EmployeeRangeList(unstable);
            var answer = ranges is null ? null : await ReadRangesAsync(ranges, cancellationToken);
            if (answer is null)
            {
                ranges = null;
                answer = await ReadPagesAsync(list, cancellationToken);
            }

            if (answer.Failure is not null || (ranges?.IsComplete ?? list.IsComplete))
            {
                return answer.Select(_ => ranges?.Employees ?? list.Employees);
            }

            LogListNotWhole(logger, account, reading);
            if (reading >= environment.Options.ListReadings || (ranges is null && !list.IsWorthReadingAgain))
            {
                var failure = CallGearProblems.Of($"Account {account}", ranges?.Error ?? list.Error!);
                return new CallOutcome<IReadOnlyCollection<CallGearEmployee>>([], failure, answer.Calls);
            }

            // Pages of a list without a stable order may never fit together, ranges of ids that fit one page do.
            unstable = ranges is null && list.IsDivided ? list : unstable;
        }
    }

    private async Task<CallOutcome<EmployeePage>> ReadPagesAsync(EmployeeList list, CancellationToken cancellationToken)
    {
        var answer = new CallOutcome<EmployeePage>(null, null);
        while (list.NextOffset is { } offset && answer.Failure is null)
        {
            var limit = 0;
            answer = await session.ReadAsync(
                (client, credentials, sending) =>
                {
                    // No page begins further on, so that this one must hold all the rest.
                    limit = offset == EmployeeList.MaxOffset ? EmployeeList.PageSize : Limit;
                    return SendAsync(limit, () => client.GetEmployeesAsync(credentials, limit, offset, sending), cancellationToken);
                },
                cancellationToken);
            if (answer.Failure is null)
            {
                list.Add(answer.Value!, limit);
            }
        }

        return answer;
    }

    // Null for a CallGear that refuses the filter: then it is read by pages again.
    private async Task<CallOutcome<EmployeePage>?> ReadRangesAsync(EmployeeRangeList list, CancellationToken cancellationToken)
    {
        var answer = new CallOutcome<EmployeePage>(null, null);
        while (list.NextRange() is not null && answer.Failure is null)
        {
            var limit = 0;
            answer = await session.ReadAsync(
                (client, credentials, sending) =>
                {
                    limit = Limit;
                    return SendAsync(
                        limit, () => client.GetEmployeesAsync(credentials, list.NextRange(limit)!.Value, sending), cancellationToken);
                },
                cancellationToken);
            if (answer.Failure is null)
            {
                list.Add(answer.Value!, limit);
            }
        }

        return answer.Failure?.Problem.Code == ProblemCode.Rejected ? null : answer;
    }

    private async Task<VendorResult<EmployeePage, CallGearLimits>> SendAsync(
        int limit, Func<Task<VendorResult<EmployeePage, CallGearLimits>>> send, CancellationToken givenUp)
    {
        var sent = environment.Time.GetTimestamp();
        try
        {
            var result = await send();
            var took = environment.Time.GetElapsedTime(sent);
            if (result.IsSuccess)
            {
                // A page that is not full says nothing of full ones, unless it was slow all the same.
                Size = result.Value.Employees.Count < limit && took <= _allowed / 3 ? Size : _sizing.Answered(Size, limit, took, Now);
            }
            else if (result.Error.MayBeTooSlow())
            {
                Size = _sizing.TimedOut(limit, Now);
            }

            return result;
        }
        catch (OperationCanceledException) when (!givenUp.IsCancellationRequested)
        {
            // What a run may spend on repetitions is used up: also a time within which so many do not come.
            Size = _sizing.TimedOut(limit, Now);
            throw;
        }
    }
}
