using System.Net;
using OrleansSync.Faults.Accounts;
using OrleansSync.Faults.Campaign;
using OrleansSync.Faults.Invariants;
using OrleansSync.Sandbox;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Faults.Changes;

/// <summary>Some accounts that are changed together, and one kill in the middle of it. One seed decides all that can be decided.</summary>
internal abstract class ChangeRound : IKillRound
{
    private const int MostUsers = 24;

    // All their creates are under way together, so that none is begun just before a kill.
    private const int MostUsersIfBrief = 7;

    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(4);

    private readonly bool _isBrief;
    private readonly int _mostUsers;
    private readonly List<(int Seed, string Account, Violation Violation)> _violations = [];

    /// <summary>Makes the accounts.</summary>
    protected ChangeRound(Victims victims, SandboxServer sandbox, CampaignOptions options, int seed)
    {
        (Victims, Sandbox, Seed, Random) = (victims, sandbox, seed, new Random(seed));
        (_isBrief, _mostUsers) = (options.IsBrief, options.IsBrief ? MostUsersIfBrief : MostUsers);
        IsUnattended = seed % options.RoundsBetweenUnattended == 0;
        Rows = StoredRows.Of(victims.Service);
        Accounts = [.. Enumerable.Range(0, options.AccountsARound).Select(_ => NewAccount(before: 0))];
    }

    /// <summary>What is killed.</summary>
    protected Victims Victims { get; }

    /// <summary>The vendors.</summary>
    protected SandboxServer Sandbox { get; }

    /// <summary>What decides; for one caller at a time.</summary>
    protected Random Random { get; }

    /// <summary>What everything is derived from.</summary>
    protected int Seed { get; }

    /// <summary>Whether nobody asks the service for anything after the kill, so that it has to come back by itself.</summary>
    protected bool IsUnattended { get; }

    /// <summary>The accounts.</summary>
    protected ImportedAccount[] Accounts { get; }

    /// <summary>What is stored.</summary>
    protected StoredRows Rows { get; }

    /// <summary>When the kill was; null before.</summary>
    protected Interruption? Interruption { get; private set; }

    /// <inheritdoc/>
    public abstract Task<CampaignResult> RunAsync(int points);

    /// <summary>Makes another account.</summary>
    /// <param name="before">Ids that it leaves to others.</param>
    protected ImportedAccount NewAccount(int before) =>
        new(Victims.Service, Sandbox, AccountPlanner.Create(Random.Next(), Random.Next(4, _mostUsers + 1), before));

    /// <summary>Notes what must not be.</summary>
    protected void Violate(ImportedAccount account, ViolationKind kind, string text)
    {
        lock (_violations)
        {
            _violations.Add((Seed, account.Tenant.Id, new Violation(kind, text)));
        }
    }

    /// <summary>Notes what must not be.</summary>
    protected void Violate(ImportedAccount account, IEnumerable<Violation> violations)
    {
        foreach (var (kind, text) in violations)
        {
            Violate(account, kind, text);
        }
    }

    /// <summary>
    /// Sends a change of every account at once, and kills when a random number of them are answered, a little later; answers the statuses,
    /// which are the default where nobody answered, and whether the kill counts.
    /// </summary>
    /// <param name="changeAsync">Changes an account.</param>
    /// <param name="longestPause">Milliseconds from the last answer that was waited for to the kill, at most.</param>
    /// <param name="isUnderWay">Whether the change of an account is not done, by its place and its request.</param>
    protected async Task<(HttpStatusCode[] Statuses, bool Counts)> KillAmidAsync(
        Func<ImportedAccount, Task<HttpStatusCode>> changeAsync,
        int longestPause,
        Func<ImportedAccount, Task<HttpStatusCode>, bool> isUnderWay)
    {
        var (answered, pause) = (Random.Next(Accounts.Length), TimeSpan.FromMilliseconds(Random.Next(longestPause)));
        var requests = Accounts.Select(changeAsync).ToArray();
        await ReachAsync(() => requests.Count(request => request.IsCompleted) >= answered);
        await Task.Delay(pause, TimeProvider.System);
        var counts = await KillAsync(() => Accounts.Where((account, index) => isUnderWay(account, requests[index])));
        return (await Task.WhenAll(requests), counts);
    }

    /// <summary>Kills, and waits until what was killed serves again; answers whether the kill counts.</summary>
    /// <param name="underWay">The accounts whose change is not done.</param>
    protected async Task<bool> KillAsync(Func<IEnumerable<ImportedAccount>> underWay)
    {
        // Whose change was not done is asked after the kill only: it takes longer than many a change.
        var (interruption, hit) = await Victims.KillAsync(Random, () => [.. Accounts.Select(account => account.Tenant.Id)]);
        var counts = underWay().ToArray().Any(account => hit.Contains(account.Tenant.Id));
        Interruption = interruption;
        await Victims.ReadyAsync();
        return counts;
    }

    /// <summary>In a brief round, keeps imports from creating anybody before the kill, until it is disposed of; otherwise null.</summary>
    protected FaultHandle? HoldListsIfBrief() => !_isBrief ? null : Sandbox.Faults.Add(new Fault
    {
        Kind = FaultKind.Latency,
        Vendor = Vendor.Bitrix24,
        DelaySeconds = 1,
    });

    /// <summary>Waits for a moment that is short.</summary>
    protected static async Task ReachAsync(Func<bool> isReached)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!isReached() && TimeProvider.System.GetElapsedTime(started) < _patience)
        {
            await Task.Delay(_look, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits until something holds, for as long as is promised after a kill; answers whether it did.</summary>
    protected static async Task<bool> HoldsInTimeAsync(Func<bool> holds)
    {
        try
        {
            await Eventually.HoldsAsync("what is promised after a kill", holds, TakeUp.Promise);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Does something for every account.</summary>
    protected Task ForAllAsync(Func<ImportedAccount, Task> doAsync) => Task.WhenAll(Accounts.Select(doAsync));

    /// <summary>Whether a status says that all is well.</summary>
    protected static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;

    /// <summary>What the round came to.</summary>
    /// <param name="kills">Kills that count.</param>
    /// <param name="slowest">The longest time from the restart until all was as it should be.</param>
    protected CampaignResult ResultOf(int kills, TimeSpan slowest) => new()
    {
        Rounds = 1,
        Points = kills,
        Accounts = Accounts.Length,
        Users = Accounts.Sum(account => account.Plan.Imported),
        Creates = Accounts.Sum(account => account.Created),
        SlowestTakeUp = slowest,
        SlowestUnattended = IsUnattended ? slowest : TimeSpan.Zero,
        Violations = [.. _violations],
    };
}
