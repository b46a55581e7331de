using System.Text.Json;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>A field of a list method.</summary>
/// <param name="Name">The vendor's name.</param>
/// <param name="Write">Writes its value.</param>
/// <param name="Text">The value to filter and sort by, where it is text.</param>
/// <param name="Number">The value to filter by, where it is a number.</param>
/// <param name="Sortable">Whether the list can be sorted by it.</param>
internal sealed record ListField<T>(
    string Name,
    Action<Utf8JsonWriter, T> Write,
    Func<T, string?>? Text = null,
    Func<T, long>? Number = null,
    bool Sortable = false);
