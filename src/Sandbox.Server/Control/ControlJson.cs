using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Faults;
using OrleansSync.Sandbox.Requests;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Sandbox.Control;

/// <summary>
/// JSON of the control API: camelCase, names of enums, and no unknown members, so that a misspelt setting does not pass for set.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    Converters =
    [
        typeof(CamelCaseEnum<PortalStatus>), typeof(CamelCaseEnum<ErrorForm>), typeof(CamelCaseEnum<FaultKind>),
        typeof(CamelCaseEnum<Vendor>),
    ],
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    WriteIndented = false)]
[JsonSerializable(typeof(PortalSettings))]
[JsonSerializable(typeof(AccountSettings))]
[JsonSerializable(typeof(Employee))]
[JsonSerializable(typeof(EmployeeGroup))]
[JsonSerializable(typeof(Fault))]
[JsonSerializable(typeof(SeedOptions))]
[JsonSerializable(typeof(PortalView))]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(FaultView))]
[JsonSerializable(typeof(IReadOnlyList<FaultView>))]
[JsonSerializable(typeof(RequestsView))]
[JsonSerializable(typeof(SandboxView))]
[JsonSerializable(typeof(SeedView))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class ControlJson : JsonSerializerContext;
