namespace OrleansSync.Bitrix24.Users;

/// <summary>What one request for users brought.</summary>
/// <param name="Users">The users in the order of the answer.</param>
/// <param name="IsLast">Whether a short page was met, so that no users come after these.</param>
public sealed record Bitrix24UserBatch(IReadOnlyList<Bitrix24User> Users, bool IsLast);
