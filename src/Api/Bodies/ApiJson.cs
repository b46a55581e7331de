using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using OrleansSync.Api.Accounts;
using OrleansSync.Api.Audit;
using OrleansSync.Api.Employees;
using OrleansSync.Api.Health;
using OrleansSync.Api.Keys;
using OrleansSync.Api.Parameters;
using OrleansSync.Api.Responsible;
using OrleansSync.Api.Runs;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Bodies;

/// <summary>The JSON of the interface: camelCase, enums by name, null members written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters =
    [
        typeof(CamelCaseEnum<AccountStatus>),
        typeof(CamelCaseEnum<AuditActorKind>),
        typeof(CamelCaseEnum<Bitrix24Edition>),
        typeof(CamelCaseEnum<ChangeOutcome>),
        typeof(CamelCaseEnum<EmployeeOutcome>),
        typeof(CamelCaseEnum<LinkOrigin>),
        typeof(CamelCaseEnum<PhoneNumberChoice>),
        typeof(CamelCaseEnum<ProblemCode>),
        typeof(CamelCaseEnum<RunStatus>),
        typeof(CamelCaseEnum<RunTrigger>),
    ])]
[JsonSerializable(typeof(AccountBody))]
[JsonSerializable(typeof(AccountResponse))]
[JsonSerializable(typeof(ChangeResponse))]
[JsonSerializable(typeof(EmployeeDetailsResponse))]
[JsonSerializable(typeof(HealthResponse))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
[JsonSerializable(typeof(KeyListResponse))]
[JsonSerializable(typeof(NewKeyResponse))]
[JsonSerializable(typeof(PageResponse<AccountResponse>))]
[JsonSerializable(typeof(PageResponse<AuditResponse>))]
[JsonSerializable(typeof(PageResponse<EmployeeResponse>))]
[JsonSerializable(typeof(PageResponse<RunSummaryResponse>))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(ProgressResponse))]
[JsonSerializable(typeof(ResponsibleListResponse))]
[JsonSerializable(typeof(RunResponse))]
[JsonSerializable(typeof(SettingsBody))]
[JsonSerializable(typeof(VerifyResponse))]
internal sealed partial class ApiJson : JsonSerializerContext;
