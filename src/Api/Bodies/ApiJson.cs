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
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(ChangeAnswer))]
[JsonSerializable(typeof(EmployeeDetailsAnswer))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(HttpValidationProblemDetails))]
[JsonSerializable(typeof(KeyListAnswer))]
[JsonSerializable(typeof(NewKeyAnswer))]
[JsonSerializable(typeof(PageAnswer<AccountAnswer>))]
[JsonSerializable(typeof(PageAnswer<AuditAnswer>))]
[JsonSerializable(typeof(PageAnswer<EmployeeAnswer>))]
[JsonSerializable(typeof(PageAnswer<RunSummaryAnswer>))]
[JsonSerializable(typeof(ProblemDetails))]
[JsonSerializable(typeof(ProgressAnswer))]
[JsonSerializable(typeof(ResponsibleListAnswer))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(VerifyAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext;
