using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Keys;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>What the rows must do on any engine, through the silo's own wiring. Every test has accounts of its own.</summary>
public abstract class RowConformance(StorageFixture fixture)
{
    private protected static DateTimeOffset Start { get; } = new(2026, 3, 29, 1, 59, 59, 123, TimeSpan.Zero);

    private protected static string[] TablesOfAccounts { get; } =
        ["employee", "history", "run", "run_change", "responsible_exclusion", "account_key", "audit"];

    private protected StorageFixture Fixture => fixture;

    private protected System.Data.Common.DbDataSource Database => fixture.Source;

    private protected IUserRows Users => fixture.Host.Services.GetRequiredService<IUserRows>();

    private protected IAccountRows Accounts => fixture.Host.Services.GetRequiredService<IAccountRows>();

    private protected IRunRows Runs => fixture.Host.Services.GetRequiredService<IRunRows>();

    private protected IAuditRows Audit => fixture.Host.Services.GetRequiredService<IAuditRows>();

    private protected IKeyRows Keys => fixture.Host.Services.GetRequiredService<IKeyRows>();

    private protected static AccountRow AccountRow(string accountId, Func<AccountColumns, AccountColumns>? columns = null)
    {
        var given = new AccountColumns
        {
            Status = AccountStatus.Active,
            DisplayName = accountId,
            PortalKey = accountId + ".bitrix24.com",
            ConnectedAt = Start,
        };
        return new AccountRow
        {
            AccountId = accountId,
            Version = UserRow.NewVersion(),
            State = "{}",
            Connection = "{}",
            Columns = columns is null ? given : columns(given),
        };
    }

    private protected static UserRow User(long userId, string name = "Ann Lee") =>
        new() { UserId = userId, Version = UserRow.NewVersion(), Name = name, Outcome = EmployeeOutcome.Matched };

    private protected static UserRow Imported(long userId, string name = "Ann Lee") => User(userId, name) with
    {
        Link = new EmployeeLink(1000 + userId, "ann@example.com", LinkOrigin.Created, Start),
        IsListed = true,
    };

    private protected static UserWrite First(string accountId, UserRow row) => new() { AccountId = accountId, Row = row };

    private protected static UserWrite Next(string accountId, UserRow before, UserRow row) =>
        new() { AccountId = accountId, Row = row with { Version = UserRow.NewVersion() }, Expected = before.Version };

    private protected static RunSummary Summary(string accountId, long number, RunStatus status = RunStatus.Succeeded) => new()
    {
        RunId = RunId(number),
        AccountId = accountId,
        Trigger = RunTrigger.Scheduled,
        Status = status,
        RequestedAt = Start,
        FinishedAt = Start.AddMinutes(number),
    };

    private protected static ClosedRun Run(AccountRow account, long number) => Run(account.AccountId, number);

    private protected static ClosedRun Run(string accountId, long number) =>
        new() { Summary = Summary(accountId, number), Number = number, Scope = StandingScope.All };

    private protected static string RunId(long number) => $"run-{number:00000}";

    private protected static RunChange Change(
        long userId, ChangeOutcome outcome = ChangeOutcome.Skipped, ProblemCode code = ProblemCode.MissingEmail) =>
        new() { BitrixUserId = userId, Name = $"User {userId}", Outcome = outcome, Reason = new Problem(code, "Why.") };

    private protected static HistoryEntry History(string runId) => new()
    {
        At = Start,
        RunId = runId,
        Outcome = ChangeOutcome.PhoneAdded,
        Reason = new Problem(ProblemCode.PhoneRejected, "Why."),
    };

    private protected static AuditEntry Entry(string action, DateTimeOffset at) =>
        new() { At = at, Actor = new AuditActor(AuditActorKind.Operator, null), Action = action };

    private protected static AccountKey Key(string keyId) => new(keyId, [1, 2, 3, 255]);

    private protected string NewAccountId() => "a-" + fixture.NextName();

    private protected async Task<AccountRow> ConnectAsync(Func<AccountColumns, AccountColumns>? columns = null)
    {
        var row = AccountRow(NewAccountId(), columns);
        Assert.True(await Accounts.WriteAsync(new AccountWrite { Row = row }));
        return row;
    }

    private protected async Task<AccountRow> RewriteAsync(
        AccountRow before, Func<AccountColumns, AccountColumns> columns, ClosedRun? run = null)
    {
        var row = before with { Version = UserRow.NewVersion(), Columns = columns(before.Columns) };
        Assert.True(await Accounts.WriteAsync(new AccountWrite { Row = row, Expected = before.Version, Run = run }));
        return row;
    }

    private protected Task<AccountRow> CloseAsync(AccountRow before, ClosedRun run) => RewriteAsync(before, columns => columns, run);

    private protected async Task AddAsync(AccountRow account, params IEnumerable<UserRow> rows)
    {
        var answers = await Users.WriteAsync([.. rows.Select(row => First(account.AccountId, row))]);
        Assert.DoesNotContain(false, answers);
    }

    private protected async Task<long> CountOfAsync(string table, string accountId) =>
        await fixture.CountRowsAsync($"{table} WHERE account_id = '{accountId}'");

    private protected async Task<ImmutableArray<(string Table, long Rows)>> LeftOverAsync(string accountId)
    {
        var left = ImmutableArray.CreateBuilder<(string, long)>();
        foreach (var table in TablesOfAccounts)
        {
            if (await CountOfAsync(table, accountId) is > 0 and var rows)
            {
                left.Add((table, rows));
            }
        }

        return left.ToImmutable();
    }
}
