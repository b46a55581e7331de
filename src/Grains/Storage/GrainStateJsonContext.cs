using System.Text.Json.Serialization;
using OrleansSync.Grains.Audit;
using OrleansSync.Grains.Connections;
using OrleansSync.Grains.Directory;
using OrleansSync.Grains.Keys;
using OrleansSync.Grains.Portals;

namespace OrleansSync.Grains.Storage;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AccountKeysState))]
[JsonSerializable(typeof(AuditChunkState))]
[JsonSerializable(typeof(AuditHeadState))]
[JsonSerializable(typeof(Bitrix24ConnectionState))]
[JsonSerializable(typeof(DirectoryState))]
[JsonSerializable(typeof(PortalState))]
[JsonSerializable(typeof(StoredConnection))]
internal sealed partial class GrainStateJsonContext : JsonSerializerContext;
