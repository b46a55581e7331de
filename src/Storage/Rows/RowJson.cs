using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Storage.Rows;

/// <summary>What an entry of a user's history says beside its columns.</summary>
internal sealed record HistoryDetail(Problem? Reason, long? EmployeeId, ImmutableArray<FieldChange> Fields, string? Note);

/// <summary>What a change of a run says beside its columns.</summary>
internal sealed record ChangeDetail(string Name, Problem? Reason, long? EmployeeId, ImmutableArray<FieldChange> Fields);

/// <summary>One of the changes that are stored together.</summary>
internal sealed record ReportedChange(long UserId, string Outcome, int Rank, string? ReasonCode, string Detail);

/// <summary>One of the rows that are added together.</summary>
internal sealed record AnnouncedUser(long UserId, long Version, string Name, string? Email, string Folded, string? Intent);

/// <summary>One of the accounts that are asked for together.</summary>
internal sealed record WantedAccount(string Id);

/// <summary>
/// How what needs no column of its own is written: JSON that a person can read in the database, tolerant of members added by later
/// releases.
/// </summary>
internal static class RowJson
{
    // It goes into a database and never into a page: there is nothing to escape for HTML, and names stay readable in any script.
    private static readonly RowJsonContext _context = new(new JsonSerializerOptions(RowJsonContext.Default.Options)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new CleanText() },
    });

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, TypeInfo<T>());

    public static string? WriteOrNull<T>(T? value)
        where T : class => value is null ? null : Write(value);

    /// <exception cref="JsonException">The stored text is no such value.</exception>
    public static T Read<T>(string text) =>
        JsonSerializer.Deserialize(text, TypeInfo<T>()) ?? throw new JsonException($"The stored {typeof(T).Name} is null.");

    /// <summary>The value; null when the stored text is none, so that one bad row does not hide the others of a list.</summary>
    public static T? TryRead<T>(string text)
        where T : class
    {
        try
        {
            return Read<T>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed class CleanText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
            writer.WriteStringValue(StoredText.Clean(value));
    }

    private static JsonTypeInfo<T> TypeInfo<T>() => (JsonTypeInfo<T>)_context.GetTypeInfo(typeof(T))!;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(AnnouncedUser[]))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(ChangeDetail))]
[JsonSerializable(typeof(CreateIntent))]
[JsonSerializable(typeof(HistoryDetail))]
[JsonSerializable(typeof(ImmutableArray<long>))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ReportedChange[]))]
[JsonSerializable(typeof(RunSummary))]
[JsonSerializable(typeof(WantedAccount[]))]
internal sealed partial class RowJsonContext : JsonSerializerContext;
