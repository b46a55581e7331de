using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Control;

/// <summary>A portal, with what is needed to connect to it.</summary>
internal sealed record PortalView(
    string Portal,
    Uri WebhookUrl,
    Uri ClientEndpoint,
    string AccessToken,
    string RefreshToken,
    Uri TokenEndpoint,
    string ClientId,
    string ClientSecret,
    string ApplicationToken,
    string MemberId,
    int Renewals,
    int PrematureRenewals,
    PortalSettings Settings,
    int UserCount,
    IReadOnlyList<JsonObject>? Users)
{
    public static PortalView Of(SandboxServer sandbox, BitrixPortal portal, bool withUsers) => new(
        portal.Id, portal.WebhookUrl, portal.ClientEndpoint, portal.Tokens.AccessToken, portal.Tokens.RefreshToken, sandbox.TokenEndpoint,
        sandbox.Options.OAuthClientId, sandbox.Options.OAuthClientSecret, portal.ApplicationToken, portal.MemberId, portal.Tokens.Renewals,
        portal.Tokens.PrematureRenewals, portal.Settings, portal.Users.Count, withUsers ? [.. portal.Users.Select(u => u.ToJson())] : null);
}

/// <summary>An account, with what is needed to connect to it, and its invariants.</summary>
internal sealed record AccountView(
    string Account,
    Uri BaseUrl,
    string AccessToken,
    AccountSettings Settings,
    int EmployeeCount,
    int ChangeCount,
    IReadOnlyList<IReadOnlyList<Employee>> CreatedDuplicates,
    int LostNumbers,
    int DeletedEmployees,
    int MarkedTwice,
    IReadOnlyList<EmployeeGroup> Groups,
    IReadOnlyList<Employee>? Employees)
{
    public static AccountView Of(CallGearAccount account, bool withEmployees) => new(
        account.Id, account.BaseUrl, account.AccessToken, account.Settings, account.Employees.Count, account.Changes.Count,
        account.CreatedDuplicates(), account.LostNumbers().Count, account.DeletedEmployees().Count, account.MarkedTwice().Count,
        account.Groups,
        withEmployees ? account.Employees : null);
}

/// <summary>A portal and an account that were seeded together.</summary>
internal sealed record SeedView(PortalView Portal, AccountView Account);

/// <summary>A fault and what it has done.</summary>
internal sealed record FaultView(string Id, int Hits, int Held, Fault Fault)
{
    public static FaultView Of(FaultHandle handle) => new(handle.Id, handle.Hits, handle.Held, handle.Fault);
}

/// <summary>The request log.</summary>
internal sealed record RequestsView(
    int InFlight, int PeakConcurrency, long RateRefusals, IReadOnlyList<RequestCount> Counts, IReadOnlyList<RequestRecord> Records);

/// <summary>The sandbox at a glance.</summary>
internal sealed record SandboxView(Uri Address, IReadOnlyList<string> Portals, IReadOnlyList<string> Accounts, int Faults);
