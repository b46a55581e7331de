using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansSync.Sandbox.Control;

/// <summary>Writes an enum by its camelCase name; reads it in any case.</summary>
internal sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
