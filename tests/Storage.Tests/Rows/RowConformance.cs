using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>What the rows must do on any engine, through the silo's own wiring. Every test has accounts of its own.</summary>
public abstract partial class RowConformance(StorageFixture fixture)
{
    private static readonly DateTimeOffset _start = new(2026, 3, 29, 1, 59, 59, 123, TimeSpan.Zero);

    private static readonly string[] _tablesOfAccounts = ["employee", "history", "run", "run_change", "responsible_exclusion", "account_key", "audit"];

    private protected System.Data.Common.DbDataSource Database => fixture.Source;

    private protected IUserRows Users => fixture.Host.Services.GetRequiredService<IUserRows>();

    private protected IAccountRows Accounts => fixture.Host.Services.GetRequiredService<IAccountRows>();

    private IRunRows Runs => fixture.Host.Services.GetRequiredService<IRunRows>();

    private IAuditRows Audit => fixture.Host.Services.GetRequiredService<IAuditRows>();

    private IKeyRows Keys => fixture.Host.Services.GetRequiredService<IKeyRows>();

    private protected static AccountRow AccountRow(string accountId, Func<AccountColumns, AccountColumns>? columns = null)
    {
        var given = new AccountColumns { Status = AccountStatus.Active, DisplayName = accountId, PortalKey = accountId + ".bitrix24.com", ConnectedAt = _start };
        return new AccountRow { AccountId = accountId, Version = UserRow.NewVersion(), State = "{}", Connection = "{}", Columns = columns is null ? given : columns(given) };
    }

    private protected static UserRow User(long userId, string name = "Ann Lee") => new() { UserId = userId, Version = UserRow.NewVersion(), Name = name, Outcome = EmployeeOutcome.Matched };

    private static UserRow Imported(long userId, string name = "Ann Lee") => User(userId, name) with
    {
        Link = new EmployeeLink(1000 + userId, "ann@example.com", LinkOrigin.Created, _start),
        IsListed = true,
    };

    private protected static UserWrite First(string accountId, UserRow row) => new() { AccountId = accountId, Row = row };

    private protected static UserWrite Next(string accountId, UserRow before, UserRow row) =>
        new() { AccountId = accountId, Row = row with { Version = UserRow.NewVersion() }, Expected = before.Version };

    private static RunSummary Summary(string accountId, long number, RunStatus status = RunStatus.Succeeded) => new()
    {
        RunId = RunId(number),
        AccountId = accountId,
        Trigger = RunTrigger.Scheduled,
        Status = status,
        RequestedAt = _start,
        FinishedAt = _start.AddMinutes(number),
    };

    private static string RunId(long number) => $"run-{number:00000}";

    private static RunChange Change(long userId, ChangeOutcome outcome = ChangeOutcome.Skipped, ProblemCode code = ProblemCode.MissingEmail) =>
        new() { BitrixUserId = userId, Name = $"User {userId}", Outcome = outcome, Reason = new Problem(code, "Why.") };

    private static AuditEntry Entry(string action, DateTimeOffset at) => new() { At = at, Actor = new AuditActor(AuditActorKind.Operator, null), Action = action };

    private static AccountKey Key(string keyId) => new(keyId, [1, 2, 3, 255]);

    private string NewAccountId() => "a-" + fixture.NextName();

    private protected async Task<AccountRow> ConnectAsync(Func<AccountColumns, AccountColumns>? columns = null)
    {
        var row = AccountRow(NewAccountId(), columns);
        Assert.True(await Accounts.WriteAsync(new AccountWrite { Row = row }));
        return row;
    }

    private async Task<AccountRow> RewriteAsync(AccountRow before, Func<AccountColumns, AccountColumns> columns, ClosedRun? run = null)
    {
        var row = before with { Version = UserRow.NewVersion(), Columns = columns(before.Columns) };
        Assert.True(await Accounts.WriteAsync(new AccountWrite { Row = row, Expected = before.Version, Run = run }));
        return row;
    }

    private Task<AccountRow> CloseAsync(AccountRow before, ClosedRun run) => RewriteAsync(before, columns => columns, run);

    private protected async Task AddAsync(AccountRow account, params IEnumerable<UserRow> rows)
    {
        var answers = await Users.WriteAsync([.. rows.Select(row => First(account.AccountId, row))]);
        Assert.DoesNotContain(false, answers);
    }

    private async Task<long> CountOfAsync(string table, string accountId) => await fixture.CountRowsAsync($"{table} WHERE account_id = '{accountId}'");

    private async Task<ImmutableArray<(string Table, long Rows)>> LeftOverAsync(string accountId)
    {
        var left = ImmutableArray.CreateBuilder<(string, long)>();
        foreach (var table in _tablesOfAccounts)
        {
            if (await CountOfAsync(table, accountId) is > 0 and var rows)
            {
                left.Add((table, rows));
            }
        }

        return left.ToImmutable();
    }
}
