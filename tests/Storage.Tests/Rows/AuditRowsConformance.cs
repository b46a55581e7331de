using OrleansSync.Grains.Interfaces.Audit;

namespace OrleansSync.Storage.Tests.Rows;

/// <summary>What the rows of audit trails must do on any engine.</summary>
public abstract class AuditRowsConformance(StorageFixture fixture) : RowConformance(fixture)
{
    [Fact]
    public async Task Audit_IsPagedNewestFirstUntilItIsTooOld()
    {
        var account = await ConnectAsync();
        for (var number = 0; number < 7; number++)
        {
            await Audit.AppendAsync(account.AccountId, Entry("action." + number, Start.AddDays(number)));
        }

        var (actions, cursor) = (new List<string>(), default(string));
        do
        {
            var page = await Audit.PageAsync(account.AccountId, cursor, 2, Start.AddDays(2));
            actions.AddRange(page.Items.Select(entry => entry.Action));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(["action.6", "action.5", "action.4", "action.3", "action.2"], actions);
        await Audit.AppendAsync(account.AccountId, Entry("action.7", Start.AddDays(7)), dropBefore: Start.AddDays(6));
        Assert.Equal(2, await CountOfAsync("audit", account.AccountId));
    }

    [Fact]
    public async Task Audit_WhenWritten_IsReadBackWhole()
    {
        var account = await ConnectAsync();
        var entry = Entry("account.changed", Start) with
        {
            Actor = new AuditActor(AuditActorKind.Oidc, "субъект"),
            From = "::1",
            Details = [new AuditDetail("name", null, new AuditChange(null, "b")), new AuditDetail("x", "y", null)],
        };
        await Audit.AppendAsync(account.AccountId, entry);

        var read = Assert.Single((await Audit.PageAsync(account.AccountId, null, 10, Start)).Items);

        Assert.Equal(entry with { Details = read.Details }, read);
        Assert.Equal(entry.Details.AsEnumerable(), read.Details);
    }

    [Fact]
    public async Task Audit_OfAnAccountThatIsNotThere_IsNotWritten()
    {
        var accountId = NewAccountId();

        await Audit.AppendAsync(accountId, Entry("x", Start));

        Assert.Empty(await LeftOverAsync(accountId));
    }
}
