using System.Text.Json.Serialization;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Employees;
using OrleansSync.Grains.Portals;
using OrleansSync.Grains.Responsible;
using OrleansSync.Grains.Runs;

namespace OrleansSync.Grains.Storage;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Bitrix24ConnectionState))]
[JsonSerializable(typeof(CallGearConnectionState))]
[JsonSerializable(typeof(EmployeeState))]
[JsonSerializable(typeof(PortalState))]
[JsonSerializable(typeof(ResponsibleState))]
[JsonSerializable(typeof(RosterState))]
[JsonSerializable(typeof(RunState))]
internal sealed partial class GrainStateJsonContext : JsonSerializerContext;
