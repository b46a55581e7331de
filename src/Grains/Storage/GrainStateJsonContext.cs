using System.Text.Json.Serialization;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Grains.Storage;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(EmployeeLink))]
internal sealed partial class GrainStateJsonContext : JsonSerializerContext;
