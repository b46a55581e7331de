namespace OrleansSync.Bitrix24.Responses;

/// <summary>One of the vendor's error codes.</summary>
/// <param name="Code">As the vendor writes it mostly; its letter case varies.</param>
/// <param name="Kind">What it means, and so who has to act.</param>
/// <param name="Sentence">What happened and what to do, where the kind's own sentence would send a person the wrong way.</param>
internal sealed record VendorCode(string Code, VendorErrorKind Kind, string? Sentence = null);
