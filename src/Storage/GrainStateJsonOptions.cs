using System.Text.Json;

namespace OrleansSync.Storage;

/// <summary>Which states the storage can write, and how.</summary>
public sealed class GrainStateJsonOptions
{
    /// <summary>
    /// Options with source-generated metadata, one for each project that has states; the first that knows a state's type writes and reads
    /// it. Default none. A state that none of them knows cannot be stored.
    /// </summary>
    public IList<JsonSerializerOptions> Formats { get; } = [];
}
