using System.Collections.Immutable;

namespace OrleansSync.Api.Parameters;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <param name="Items">The page's items.</param>
/// <param name="NextCursor">To be given as <c>cursor</c> for the next page; null on the last.</param>
internal sealed record PageResponse<T>(ImmutableArray<T> Items, string? NextCursor);
