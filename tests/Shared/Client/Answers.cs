using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OrleansSync.Testing.Client;

/// <summary>A page of a list.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>A code with its message.</summary>
internal sealed record Coded(string Code, string Message);

/// <summary>An account as it is shown.</summary>
internal sealed record Account(
    string AccountId, string DisplayName, string Status, Coded? Problem, Run? LastRun, DateTimeOffset? NextRunAt,
    DateTimeOffset ConnectedAt, AccountCounts Counts, Bitrix24Side? Bitrix24 = null, PortalIdentity? Portal = null,
    DateTimeOffset? LastSuccessAt = null, DateTimeOffset? FailingSince = null, ShownSettings? Settings = null);

/// <summary>Settings of an account.</summary>
internal sealed record ShownSettings(string PhoneNumbers, bool FillMissingPhones);

/// <summary>How an account's portal is reached.</summary>
internal sealed record Bitrix24Side(string? WebhookUrl, OAuthSide? OAuth);

/// <summary>An OAuth application.</summary>
internal sealed record OAuthSide(string ClientEndpoint);

/// <summary>A portal as a renewal told it.</summary>
internal sealed record PortalIdentity(string Host, string? MemberId);

/// <summary>Numbers of an account's users.</summary>
internal sealed record AccountCounts(int Employees, int Responsible, int Skipped);

/// <summary>A run; the list of runs leaves the changes out.</summary>
internal sealed record Run(
    string RunId,
    string AccountId,
    string Trigger,
    bool DryRun,
    string Status,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    RunCounts Counts,
    RunCalls Calls,
    Coded? Error,
    IReadOnlyList<Change>? Changes)
{
    /// <summary>Whether it has ended.</summary>
    [JsonIgnore]
    public bool IsFinished => FinishedAt is not null;

    /// <summary>The change of a user.</summary>
    public Change ChangeOf(long user) => Assert.Single(Changes!, change => change.BitrixUserId == user);
}

/// <summary>What a run did.</summary>
internal sealed record RunCounts(
    int Users, int Created, int Linked, int Matched, int Skipped, int Failed, int PhonesAdded, int AddedToResponsible,
    int RemovedFromResponsible);

/// <summary>Requests that a run sent.</summary>
internal sealed record RunCalls(int Bitrix24, int CallGear);

/// <summary>What a run did for one user.</summary>
internal sealed record Change(
    long BitrixUserId, string Name, string Outcome, Coded? Reason, long? CallGearEmployeeId, IReadOnlyList<Field> Fields);

/// <summary>One field that was changed.</summary>
internal sealed record Field([property: JsonPropertyName("field")] string Name, string? From, string? To);

/// <summary>A known user.</summary>
internal sealed record Row(
    long BitrixUserId,
    string Name,
    string? Email,
    string Outcome,
    Coded? Reason,
    long? CallGearEmployeeId,
    string? LinkedBy,
    DateTimeOffset? LinkedAt,
    bool Responsible,
    IReadOnlyList<HistoryEntry>? History);

/// <summary>A line of a user's history.</summary>
internal sealed record HistoryEntry(DateTimeOffset At, string RunId, string Outcome, Coded? Reason, long? CallGearEmployeeId, string? Note);

/// <summary>The list of responsible employees.</summary>
internal sealed record ResponsibleList(IReadOnlyList<Responsible> Items);

/// <summary>A responsible employee.</summary>
internal sealed record Responsible(long BitrixUserId, long CallGearEmployeeId, string Name);

/// <summary>A problem by RFC 9457.</summary>
internal sealed record ProblemAnswer(int Status, string Title, string? Detail, Dictionary<string, string[]>? Errors);

/// <summary>An entry of the audit trail.</summary>
internal sealed record AuditEntry(string Action, JsonObject Details);

/// <summary>A new key.</summary>
internal sealed record NewKey(string KeyId, string Key);

/// <summary>The answers' JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Account))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(Page<Account>))]
[JsonSerializable(typeof(Page<AuditEntry>))]
[JsonSerializable(typeof(Page<Row>))]
[JsonSerializable(typeof(Page<Run>))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(ResponsibleList))]
[JsonSerializable(typeof(Row))]
[JsonSerializable(typeof(Run))]
internal sealed partial class AnswersJson : JsonSerializerContext;
