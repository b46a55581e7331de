using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces;

/// <summary>A part of a longer list.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="Items">The part's items.</param>
/// <param name="Next">Where the next part starts, to be passed back as it is; null at the end.</param>
[GenerateSerializer, Immutable, Alias("Page`1")]
public sealed record Page<T>([property: Id(0)] ImmutableArray<T> Items, [property: Id(1)] string? Next);
