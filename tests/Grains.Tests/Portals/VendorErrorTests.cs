using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Portals;
using OrleansSync.Grains.Interfaces.Runs;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;
using AccountSettings = OrleansSync.Grains.Interfaces.Accounts.AccountSettings;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>
/// Every error of the vendors' documentation and every way in which an answer can go wrong, through all grains: its code, its sentence, and
/// what the account does. <c>docs/problems.md</c> has the same table for administrators.
/// </summary>
[Trait("Rule", "R8")]
public sealed class VendorErrorTests(PortalCluster cluster) : PortalTests(cluster)
{
    private const int Users = 6;

    /// <summary>What the account does after a run that failed.</summary>
    public enum Reaction
    {
        /// <summary>The next run tries again.</summary>
        Again,

        /// <summary>Scheduled calls wait for a person.</summary>
        Person,
    }

    /// <summary>Bitrix24's codes, from its pages on errors of calls and on limits.</summary>
    public static TheoryData<string, ProblemCode, Reaction> Bitrix24Codes => new()
    {
        { "NO_AUTH_FOUND", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "INVALID_CREDENTIALS", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "invalid_token", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "expired_token", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "user_access_error", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "AUTHORIZATION_ERROR", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "ERROR_OAUTH", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "APPLICATION_NOT_FOUND", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "METHOD_CONFIRM_WAITING", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "METHOD_CONFIRM_DENIED", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "allowed_only_intranet_user", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "WRONG_AUTH_TYPE", ProblemCode.Bitrix24Unauthorized, Reaction.Person },
        { "insufficient_scope", ProblemCode.Bitrix24Scope, Reaction.Person },
        { "invalid_scope", ProblemCode.Bitrix24Scope, Reaction.Person },
        { "ACCESS_DENIED", ProblemCode.Bitrix24Blocked, Reaction.Person },
        { "PORTAL_DELETED", ProblemCode.Bitrix24Blocked, Reaction.Person },
        { "OVERLOAD_LIMIT", ProblemCode.Bitrix24Blocked, Reaction.Person },
        { "PAYMENT_REQUIRED", ProblemCode.Bitrix24Blocked, Reaction.Person },
        { "QUERY_LIMIT_EXCEEDED", ProblemCode.RateLimited, Reaction.Again },
        { "OPERATION_TIME_LIMIT", ProblemCode.RateLimited, Reaction.Again },
        { "INTERNAL_SERVER_ERROR", ProblemCode.Unreachable, Reaction.Again },
        { "ERROR_UNEXPECTED_ANSWER", ProblemCode.Unreachable, Reaction.Again },
        { "ERROR_BATCH_LENGTH_EXCEEDED", ProblemCode.InvalidAnswer, Reaction.Again },
        { "ERROR_BATCH_METHOD_NOT_ALLOWED", ProblemCode.InvalidAnswer, Reaction.Again },
        { "SOMETHING_NEW", ProblemCode.InvalidAnswer, Reaction.Again },
    };

    /// <summary>What a renewal of OAuth tokens is refused with.</summary>
    public static TheoryData<string, ProblemCode> RenewalCodes => new()
    {
        { "invalid_grant", ProblemCode.Bitrix24Unauthorized },
        { "invalid_client", ProblemCode.Bitrix24Unauthorized },
        { "wrong_client", ProblemCode.Bitrix24Unauthorized },
        { "invalid_request", ProblemCode.Bitrix24Unauthorized },
        { "insufficient_scope", ProblemCode.Bitrix24Scope },
        { "invalid_scope", ProblemCode.Bitrix24Scope },
        { "PAYMENT_REQUIRED", ProblemCode.Bitrix24Blocked },
    };

    /// <summary>CallGear's mnemonics that concern the whole account.</summary>
    public static TheoryData<string, ProblemCode, Reaction> CallGearAccountMnemonics => new()
    {
        { "limit_exceeded", ProblemCode.RateLimited, Reaction.Again },
        { "access_token_invalid", ProblemCode.CallGearUnauthorized, Reaction.Person },
        { "access_token_expired", ProblemCode.CallGearUnauthorized, Reaction.Person },
        { "access_token_blocked", ProblemCode.CallGearUnauthorized, Reaction.Person },
        { "auth_error", ProblemCode.CallGearUnauthorized, Reaction.Person },
        { "ip_not_whitelisted", ProblemCode.CallGearUnauthorized, Reaction.Person },
        { "account_inactive", ProblemCode.CallGearBlocked, Reaction.Person },
    };

    /// <summary>CallGear's mnemonics that concern one employee.</summary>
    public static TheoryData<string, ProblemCode> CallGearEmployeeMnemonics => new()
    {
        { "internal_error", ProblemCode.Unreachable },
        { "entity_not_found", ProblemCode.Rejected },
        { "duplicate_entity", ProblemCode.Rejected },
        { "already_in_use", ProblemCode.Rejected },
        { "data_type_error", ProblemCode.Rejected },
        { "invalid_parameter_value", ProblemCode.Rejected },
        { "required_parameter_missed", ProblemCode.Rejected },
        { "unexpected_parameters", ProblemCode.Rejected },
        { "invalid_parameters_combination", ProblemCode.Rejected },
        { "data_limit_exceeded", ProblemCode.Rejected },
        { "tariff_restrictions", ProblemCode.Rejected },
        { "error", ProblemCode.Rejected },
    };

    /// <summary>Answers that are none, at either vendor.</summary>
    public static TheoryData<Vendor, FaultKind, int?, ProblemCode> BrokenAnswers()
    {
        var rows = new TheoryData<Vendor, FaultKind, int?, ProblemCode>();
        foreach (var vendor in Enum.GetValues<Vendor>())
        {
            rows.Add(vendor, FaultKind.Html, 502, ProblemCode.Unreachable);
            rows.Add(vendor, FaultKind.Html, 504, ProblemCode.Unreachable);
            rows.Add(vendor, FaultKind.Html, 200, ProblemCode.InvalidAnswer);
            rows.Add(vendor, FaultKind.Drop, null, ProblemCode.Unreachable);
            rows.Add(vendor, FaultKind.EndlessBody, null, ProblemCode.InvalidAnswer);
            rows.Add(vendor, FaultKind.Truncated, null, ProblemCode.InvalidAnswer);
            rows.Add(vendor, FaultKind.MalformedJson, null, ProblemCode.InvalidAnswer);
            rows.Add(vendor, FaultKind.InvalidUtf8, null, ProblemCode.InvalidAnswer);
        }

        rows.Add(Vendor.CallGear, FaultKind.Redirect, null, ProblemCode.InvalidAnswer);
        rows.Add(Vendor.Bitrix24, FaultKind.UnorderedIds, null, ProblemCode.InvalidAnswer);
        return rows;
    }

    [Theory]
    [MemberData(nameof(Bitrix24Codes))]
    public Task Bitrix24Code_InAList_HasItsCodeAndReaction(string code, ProblemCode expected, Reaction reaction) =>
        AssertListAsync($"b24-{code}", new Fault { Kind = FaultKind.Error, Vendor = Vendor.Bitrix24, Code = code }, expected, reaction);

    [Theory]
    [MemberData(nameof(Bitrix24Codes))]
    public Task Bitrix24Code_OfABatchsCommandInCapitals_HasItsCodeAndReaction(string code, ProblemCode expected, Reaction reaction) =>
        AssertListAsync(
            $"batch-{code}",
            new Fault { Kind = FaultKind.Error, Vendor = Vendor.Bitrix24, Method = "user.get", Code = code.ToUpperInvariant() },
            expected,
            reaction);

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public Task Redirect_OfAPortal_NeedsAPerson(int status) => AssertListAsync(
        $"b24-redirect-{status}",
        new Fault { Kind = FaultKind.Redirect, Vendor = Vendor.Bitrix24, Status = status, Location = "https://new.example/rest/" },
        ProblemCode.Bitrix24Moved,
        Reaction.Person);

    [Theory]
    [MemberData(nameof(CallGearAccountMnemonics))]
    public Task CallGearMnemonic_InAList_HasItsCodeAndReaction(string mnemonic, ProblemCode expected, Reaction reaction) =>
        AssertListAsync(
            $"cg-{mnemonic}", new Fault { Kind = FaultKind.Error, Vendor = Vendor.CallGear, Code = mnemonic }, expected, reaction);

    [Theory]
    [InlineData("forbidden", ProblemCode.CallGearUnauthorized)]
    [InlineData("method_component_disabled", ProblemCode.CallGearBlocked)]
    [InlineData("parameter_component_disabled", ProblemCode.CallGearBlocked)]
    public Task CallGearMnemonic_OfTheMethodInAList_NeedsAPerson(string mnemonic, ProblemCode expected) => AssertListAsync(
        $"cg-{mnemonic}", new Fault { Kind = FaultKind.Error, Vendor = Vendor.CallGear, Code = mnemonic }, expected, Reaction.Person);

    [Theory]
    [MemberData(nameof(BrokenAnswers))]
    public Task BrokenAnswer_InAList_HasItsCode_AndIsTriedAgain(Vendor vendor, FaultKind kind, int? status, ProblemCode expected) =>
        AssertListAsync($"{vendor}-{kind}-{status}", new Fault { Kind = kind, Vendor = vendor, Status = status }, expected, Reaction.Again);

    [Theory]
    [InlineData(Vendor.Bitrix24)]
    [InlineData(Vendor.CallGear)]
    public async Task AnswerCutInTheMiddle_InAList_IsTriedAgain(Vendor vendor)
    {
        var account = $"{vendor}-cut".ToLowerInvariant();
        var portal = await WithNewcomersAsync(account);
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.CutOff, Vendor = vendor, Target = account });

        var run = await PortalCluster.SynchronizeAsync(portal);

        // The network decides which: a connection that is reset may take with it what had arrived.
        Assert.Equal(RunStatus.Failed, run.Status);
        Assert.Contains(run.Error!.Code, (ProblemCode[])[ProblemCode.Unreachable, ProblemCode.InvalidAnswer]);
        await AssertReactionAsync(portal, account, Reaction.Again);
        await AssertMendedAsync(portal, account);
    }

    [Theory]
    [MemberData(nameof(CallGearAccountMnemonics))]
    public async Task CallGearMnemonic_OfTheAccountAtACreate_EndsTheRun_AndNobodyIsLost(
        string mnemonic, ProblemCode expected, Reaction reaction)
    {
        var account = $"create-{mnemonic}".ToLowerInvariant();
        var portal = await WithNewcomersAsync(account);
        Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Error, Target = account, Method = "create.employees", Code = mnemonic, Skip = 2 });

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Failed, expected), (run.Status, run.Error!.Code));
        await AssertReactionAsync(portal, account, reaction);
        await AssertMendedAsync(portal, account);
    }

    [Theory]
    [InlineData("forbidden")]
    [InlineData("method_component_disabled")]
    [InlineData("parameter_component_disabled")]
    public async Task CallGearMnemonic_OfTheMethodAtACreate_FailsThoseUsersAlone(string mnemonic)
    {
        var account = $"create-{mnemonic}".ToLowerInvariant();
        var portal = await WithNewcomersAsync(account);
        Cluster.Sandbox.Faults.Add(
            new Fault { Kind = FaultKind.Error, Target = account, Method = "create.employees", Code = mnemonic, Skip = 2 });

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.CompletedWithErrors, null, 2, Users - 2), (run.Status, run.Error, run.Counts.Created, run.Counts.Failed));
        Assert.Equal((AccountStatus.Active, null), ((await portal.GetAccountAsync())!.Status, (await portal.GetAccountAsync())!.Problem));
        var failed = (await portal.ListEmployeesAsync(new EmployeeQuery(null, 100, EmployeeOutcome.Failed, null)))!.Items;
        Assert.All(failed, row => Assert.Contains("(create.employees)", row.Reason!.Message, StringComparison.Ordinal));
        await AssertMendedAsync(portal, account);
    }

    [Theory]
    [MemberData(nameof(CallGearEmployeeMnemonics))]
    public async Task CallGearMnemonic_OfOneEmployee_FailsThatUserAlone(string mnemonic, ProblemCode expected)
    {
        var account = $"user-{mnemonic}".ToLowerInvariant();
        var portal = await WithNewcomersAsync(account);
        Cluster.Sandbox.Faults.Add(new Fault
        {
            Kind = FaultKind.Error,
            Target = account,
            Method = "create.employees",
            Code = mnemonic,
            Field = "last_name",
            Message = "The vendor's own words",
            ParameterContains = "user3@example.com",
        });

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.CompletedWithErrors, null, Users - 1, 1), (run.Status, run.Error, run.Counts.Created, run.Counts.Failed));
        var row = (await portal.GetEmployeeAsync(3))!.Row;
        Assert.Equal((EmployeeOutcome.Failed, expected), (row.Outcome, row.Reason!.Code));
        AssertSentence(row.Reason, account);
        Assert.Contains("The vendor's own words", row.Reason.Message, StringComparison.Ordinal);
        Assert.Equal(AccountStatus.Active, (await portal.GetAccountAsync())!.Status);
        await AssertMendedAsync(portal, account);
    }

    [Theory]
    [MemberData(nameof(RenewalCodes))]
    public async Task RenewalCode_NeedsAPerson(string code, ProblemCode expected)
    {
        var account = $"renewal-{code}".ToLowerInvariant();
        Cluster.PutUsers(account, Users);
        Cluster.Sandbox.PutAccount(account);
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Error, Target = account, Method = "batch", Code = "expired_token" });
        Cluster.Sandbox.Faults.Add(new Fault { Kind = FaultKind.Error, Vendor = Vendor.Bitrix24, Method = "oauth.token", Code = code });
        var portal = Cluster.Portal(account);

        await portal.ConnectAsync(Cluster.OAuthConnection(account));
        var run = await PortalCluster.EndOfAsync(portal, (await portal.ListRunsAsync(new RunQuery(null, 1)))!.Items[0].RunId);

        Assert.Equal((RunStatus.Failed, expected), (run.Status, run.Error!.Code));
        await AssertReactionAsync(portal, account, Reaction.Person);
    }

    private async Task AssertListAsync(string name, Fault fault, ProblemCode expected, Reaction reaction)
    {
        var account = name.ToLowerInvariant();
        var portal = await WithNewcomersAsync(account);
        Cluster.Sandbox.Faults.Add(fault with { Target = account });

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal((RunStatus.Failed, expected), (run.Status, run.Error!.Code));
        AssertSentence(run.Error, account);
        Assert.Empty(Cluster.Sandbox.Account(account).Employees);
        await AssertReactionAsync(portal, account, reaction);
        await AssertMendedAsync(portal, account);
    }

    // Paused, so that the first run is the one that is looked at.
    private async Task<IPortalGrain> WithNewcomersAsync(string account)
    {
        Cluster.PutUsers(account, Users);
        Cluster.Sandbox.PutAccount(account);
        var portal = Cluster.Portal(account);
        await portal.ConnectAsync(Cluster.Connection(account, AccountSettings.Default with { Paused = true }));
        await portal.ConnectAsync(Cluster.Connection(account));
        return portal;
    }

    private async Task AssertReactionAsync(IPortalGrain portal, string account, Reaction reaction)
    {
        var needsPerson = reaction == Reaction.Person;
        var view = (await portal.GetAccountAsync())!;
        Assert.Equal(needsPerson ? AccountStatus.ActionRequired : AccountStatus.Active, view.Status);
        AssertSentence(view.Problem!, account);

        // R8.9: the schedule's next point lies behind the suspension.
        Assert.Equal(needsPerson, view.NextRunAt > Cluster.Time.GetUtcNow() + TimeSpan.FromMinutes(31));
    }

    private async Task AssertMendedAsync(IPortalGrain portal, string account)
    {
        Cluster.Sandbox.Faults.Clear();
        Cluster.Time.Advance(TimeSpan.FromMinutes(11));

        var run = await PortalCluster.SynchronizeAsync(portal);

        Assert.Equal(RunStatus.Succeeded, run.Status);
        Assert.Equal(Users, Cluster.Sandbox.Account(account).Employees.Count);
        Assert.Empty(Cluster.Sandbox.Account(account).CreatedDuplicates());
        Assert.Equal(AccountStatus.Active, (await portal.GetAccountAsync())!.Status);
    }

    // What happened, to which account or employee; a sentence that begins and ends as one.
    private static void AssertSentence(Problem problem, string account)
    {
        Assert.True(problem.Message.Contains(account, StringComparison.Ordinal)
            || problem.Message.Contains("user 3", StringComparison.Ordinal), problem.Message);
        Assert.Matches(@"^\p{Lu}.{40,}\.$", problem.Message);
        Assert.DoesNotContain("Exception", problem.Message, StringComparison.Ordinal);
    }
}
