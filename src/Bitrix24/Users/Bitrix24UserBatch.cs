namespace OrleansSync.Bitrix24.Users;

/// <summary>What one request for users brought.</summary>
/// <param name="Pages">The pages up to the first short or refused one; at least one.</param>
/// <param name="BrokenOffBy">
/// Why the page after these was not answered, when that may be different the next time; null when all were. What came after it is left out:
/// it was asked to start after a user that was not there.
/// </param>
public sealed record Bitrix24UserBatch(IReadOnlyList<Bitrix24UserPage> Pages, VendorError? BrokenOffBy = null);
