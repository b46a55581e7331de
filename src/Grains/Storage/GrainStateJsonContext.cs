using System.Text.Json.Serialization;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.CallGear;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Storage;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Bitrix24ConnectionState))]
[JsonSerializable(typeof(CallGearConnectionState))]
[JsonSerializable(typeof(PortalState))]
[JsonSerializable(typeof(StoredConnection))]
internal sealed partial class GrainStateJsonContext : JsonSerializerContext;
