using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace OrleansSync.Storage;

/// <summary>Writes states as JSON that a person can read in the database, by the formats of <see cref="GrainStateJsonOptions"/>.</summary>
internal sealed class JsonGrainStateSerializer(IOptions<GrainStateJsonOptions> options) : IGrainStorageSerializer
{
    // The JSON goes into a database and never into a page: there is nothing to escape for HTML, and names stay readable in any script.
    private readonly List<JsonSerializerOptions> _formats =
        [.. options.Value.Formats.Select(
            format => new JsonSerializerOptions(format) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })];

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">No format knows the type.</exception>
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input!, TypeInfo<T>()));

    /// <inheritdoc />
    /// <exception cref="JsonException">The stored text is not a state of this type.</exception>
    /// <exception cref="NotSupportedException">No format knows the type.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return JsonSerializer.Deserialize(input.ToMemory().Span, TypeInfo<T>())
            ?? throw new JsonException($"The stored {typeof(T).Name} is null.");
    }

    private JsonTypeInfo<T> TypeInfo<T>()
    {
        foreach (var format in _formats)
        {
            if (format.TryGetTypeInfo(typeof(T), out var typeInfo))
            {
                return (JsonTypeInfo<T>)typeInfo;
            }
        }

        throw new NotSupportedException($"No JSON format knows the state {typeof(T).FullName}. Add it to a source-generated context and "
            + $"that to {nameof(GrainStateJsonOptions)}.");
    }
}
