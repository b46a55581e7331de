using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Storage.Tests.Rows;

public abstract partial class RowConformance
{
    [Fact]
    public async Task Audit_IsPagedNewestFirstUntilItIsTooOld()
    {
        var account = await ConnectAsync();
        for (var number = 0; number < 7; number++)
        {
            await Audit.AppendAsync(account.AccountId, Entry("action." + number, _start.AddDays(number)));
        }

        var (actions, cursor) = (new List<string>(), default(string));
        do
        {
            var page = await Audit.PageAsync(account.AccountId, cursor, 2, _start.AddDays(2));
            actions.AddRange(page.Items.Select(entry => entry.Action));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(["action.6", "action.5", "action.4", "action.3", "action.2"], actions);
        await Audit.DropAsync(account.AccountId, _start.AddDays(6));
        Assert.Equal(1, await CountOfAsync("audit", account.AccountId));
    }

    [Fact]
    public async Task Audit_WhenWritten_IsReadBackWhole()
    {
        var account = await ConnectAsync();
        var entry = Entry("account.changed", _start) with
        {
            Actor = new AuditActor(AuditActorKind.Oidc, "субъект"),
            From = "::1",
            Details = [new AuditDetail("name", null, new AuditChange(null, "b")), new AuditDetail("x", "y", null)],
        };
        await Audit.AppendAsync(account.AccountId, entry);

        var read = Assert.Single((await Audit.PageAsync(account.AccountId, null, 10, _start)).Items);

        Assert.Equal(entry with { Details = read.Details }, read);
        Assert.Equal(entry.Details.AsEnumerable(), read.Details);
    }

    [Fact]
    public async Task Audit_OfAnAccountThatIsNotThere_IsNotWritten()
    {
        var accountId = NewAccountId();

        await Audit.AppendAsync(accountId, Entry("x", _start));

        Assert.Empty(await LeftOverAsync(accountId));
    }

    [Fact]
    public async Task Key_WhenAdded_IsFoundListedAndRevoked()
    {
        var account = await ConnectAsync();

        Assert.Equal(AddKeyOutcome.Added, await Keys.AddAsync(account.AccountId, Key("b"), _start, 2));
        Assert.Equal(AddKeyOutcome.Added, await Keys.AddAsync(account.AccountId, Key("a"), _start.AddSeconds(1), 2));
        Assert.Equal(AddKeyOutcome.Added, await Keys.AddAsync(account.AccountId, Key("a"), _start.AddSeconds(2), 2));
        Assert.Equal(AddKeyOutcome.TooMany, await Keys.AddAsync(account.AccountId, Key("c"), _start, 2));

        Assert.Equal(["b", "a"], await Keys.ListAsync(account.AccountId));
        Assert.Equal([1, 2, 3, 255], (await Keys.FindAsync(account.AccountId, "a"))!.SecretHash);
        Assert.Null(await Keys.FindAsync(account.AccountId, "c"));
        Assert.True(await Keys.RevokeAsync(account.AccountId, "a"));
        Assert.False(await Keys.RevokeAsync(account.AccountId, "a"));
        Assert.Null(await Keys.FindAsync(account.AccountId, "a"));
    }

    [Fact]
    public async Task Keys_AddedAtOnce_AreNotMoreThanAllowed()
    {
        var account = await ConnectAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(() => Keys.AddAsync(account.AccountId, Key("k" + number), _start, 3))));

        Assert.Equal(3, outcomes.Count(outcome => outcome == AddKeyOutcome.Added));
        Assert.Equal(3, (await Keys.ListAsync(account.AccountId)).Length);
    }

    [Fact]
    public async Task Keys_OfAnAccountThatIsBeingErasedOrGone_AreRefused()
    {
        var account = await ConnectAsync();
        Assert.Equal(AddKeyOutcome.Added, await Keys.AddAsync(account.AccountId, Key("k"), _start, 9));

        await RewriteAsync(account, columns => columns with { IsBeingErased = true });

        Assert.Null(await Keys.FindAsync(account.AccountId, "k"));
        Assert.Empty(await Keys.ListAsync(account.AccountId));
        Assert.Equal(AddKeyOutcome.NoAccount, await Keys.AddAsync(account.AccountId, Key("l"), _start, 9));
        Assert.Equal(AddKeyOutcome.NoAccount, await Keys.AddAsync(NewAccountId(), Key("l"), _start, 9));
    }
}
