using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansSync.Sandbox.CallGear;

[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSerializable(typeof(string))]
internal sealed partial class CallGearJson : JsonSerializerContext;
