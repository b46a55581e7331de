using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace OrleansSync.Silo.Storage;

/// <summary>
/// Writes states as JSON that a person can read in the database: camelCase names, enums by name, letters of any script as they are.
/// Reads what an older or newer release wrote: unknown members are skipped, missing ones keep their initial value.
/// </summary>
internal sealed class JsonGrainStateSerializer : IGrainStorageSerializer
{
    private readonly JsonSerializerOptions _options;

    public JsonGrainStateSerializer(IOptions<GrainStateJsonOptions> options)
    {
        _options = new()
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine([.. options.Value.TypeInfoResolvers]),
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },

            // The JSON goes into a database and never into a page, so there is nothing to escape for HTML.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        _options.MakeReadOnly();
    }

    /// <inheritdoc />
    /// <exception cref="NotSupportedException">No context of <see cref="GrainStateJsonOptions"/> knows the type.</exception>
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input!, TypeInfo<T>()));

    /// <inheritdoc />
    /// <exception cref="JsonException">The stored text is not a state of this type.</exception>
    /// <exception cref="NotSupportedException">No context of <see cref="GrainStateJsonOptions"/> knows the type.</exception>
    public T Deserialize<T>(BinaryData input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return JsonSerializer.Deserialize(input.ToMemory().Span, TypeInfo<T>())
            ?? throw new JsonException($"The stored {typeof(T).Name} is null.");
    }

    private JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)_options.GetTypeInfo(typeof(T));
}
