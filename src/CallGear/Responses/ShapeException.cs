namespace OrleansSync.CallGear.Responses;

/// <summary>An answer is not of the documented shape. Never leaves <see cref="ResponseReader"/>.</summary>
/// <param name="what">What is wrong, as the rest of a sentence about the answer.</param>
internal sealed class ShapeException(string what) : Exception(what);
