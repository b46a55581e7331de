using System.Text.Json.Serialization.Metadata;

namespace OrleansSync.Silo.Storage;

/// <summary>Which states the storage can write. Each project that has states adds its source-generated context.</summary>
public sealed class GrainStateJsonOptions
{
    /// <summary>The source-generated contexts, asked in this order. Default none. A state that none of them knows cannot be stored.</summary>
    public IList<IJsonTypeInfoResolver> TypeInfoResolvers { get; } = [];
}
