using System.Text.Json;

namespace OrleansSync.Grains.Storage;

/// <summary>
/// How the states of grains are written: JSON that a person can read in the database, tolerant of members added by later releases.
/// </summary>
public static class GrainStateJson
{
    /// <summary>The options to read and write states with; every state has source-generated metadata.</summary>
    public static JsonSerializerOptions Options => GrainStateJsonContext.Default.Options;
}
