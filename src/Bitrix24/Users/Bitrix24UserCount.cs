namespace OrleansSync.Bitrix24.Users;

/// <summary>What a check of a connection learns of a portal's users.</summary>
/// <param name="Total">Number of users that the key may see.</param>
/// <param name="IsEmailVisible">
/// False when none of the first users came with an e-mail field: the key may not see contact data (R8.6). True without users, and of a
/// single one, of whom it proves nothing (R8.6a).
/// </param>
/// <param name="FirstIds">Ids of the users on the first page.</param>
public sealed record Bitrix24UserCount(long Total, bool IsEmailVisible, IReadOnlyCollection<long> FirstIds);
