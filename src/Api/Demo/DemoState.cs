using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Api.Demo;

/// <summary>What the sandbox would forget with its process.</summary>
internal sealed record DemoState(
    int Port, IReadOnlyList<JsonObject> Users, IReadOnlyList<Employee> Employees, IReadOnlyList<EmployeeGroup> Groups)
{
    public static void Save(DemoSandbox sandbox, string file)
    {
        // The control API can take the demo's data away; then there is nothing to keep, and what was kept is the better start.
        if (sandbox.Server.Portals.TryGetValue(DemoSeed.Name, out var portal)
            && sandbox.Server.Accounts.TryGetValue(DemoSeed.Name, out var account))
        {
            new DemoState(sandbox.Server.Address.Port, [.. portal.Users.Select(user => user.ToJson())], account.Employees, account.Groups)
                .Write(file);
        }
    }

    /// <summary>Reads the state; null when the demo was never finished here, or when the file is not one.</summary>
    public static DemoState? Read(string file)
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize(File.ReadAllBytes(file), DemoJson.Default.DemoState) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Whole or not at all, and nothing when the file holds it already.
    private void Write(string file)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(this, DemoJson.Default.DemoState);
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(json))
        {
            return;
        }

        var draft = file + ".new";
        File.WriteAllBytes(draft, json);
        File.Move(draft, file, overwrite: true);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoState))]
internal sealed partial class DemoJson : JsonSerializerContext;
