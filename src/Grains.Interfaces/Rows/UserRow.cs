using System.Buffers.Binary;
using System.Security.Cryptography;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Interfaces.Rows;

/// <summary>
/// What is stored of one known user of an account. Its grain owns it; what only the account's own books say about many users is written by
/// the portal, under the same guard.
/// </summary>
[GenerateSerializer, Immutable, Alias("UserRow")]
public sealed record UserRow
{
    /// <summary>The user's id in Bitrix24.</summary>
    [Id(0)] public required long UserId { get; init; }

    /// <summary>
    /// What the row is guarded by: a random number that every write replaces, so that no version ever comes again, even of a row that was
    /// erased and made anew.
    /// </summary>
    [Id(1)] public long Version { get; init; }

    /// <summary>First and last name as Bitrix24 had them last.</summary>
    [Id(2)] public required string Name { get; init; }

    /// <summary>The e-mail address as Bitrix24 had it last; null when blank.</summary>
    [Id(3)] public string? Email { get; init; }

    /// <summary>
    /// What the last run found or did; null while a first create is announced and nothing has come of it: such a user is not shown.
    /// </summary>
    [Id(4)] public EmployeeOutcome? Outcome { get; init; }

    /// <summary>Why.</summary>
    [Id(5)] public Problem? Reason { get; init; }

    /// <summary>The link; kept when the user is deleted (R6.3).</summary>
    [Id(6)] public EmployeeLink? Link { get; init; }

    /// <summary>A create that was about to be sent; kept until its outcome is known (R3.8).</summary>
    [Id(7)] public CreateIntent? Intent { get; init; }

    /// <summary>
    /// R7.1: whether the last run put its employee on the account's list; who was taken out by hand is not on it all the same (R7.2).
    /// </summary>
    [Id(8)] public bool IsListed { get; init; }

    /// <summary>How many entries the user's history has had; the next one gets this number plus one.</summary>
    [Id(9)] public int Entries { get; init; }

    /// <summary>
    /// The place, among the account's runs, of the one that wrote the row. Who was created or linked by an earlier run than the last that
    /// decided on everybody is shown as matched: that an import found somebody again is not worth a write.
    /// </summary>
    [Id(10)] public long Run { get; init; }

    /// <summary>Whether the user is imported and not deleted (R7.1).</summary>
    public bool IsImported => Link is not null && Outcome != EmployeeOutcome.Deleted;

    /// <summary>Whether the user was imported and is deleted (R6.2).</summary>
    public bool IsDeleted => Outcome == EmployeeOutcome.Deleted;

    /// <summary>A version that no row has had.</summary>
    public static long NewVersion()
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes) & long.MaxValue;
    }
}

/// <summary>
/// What tells an employee that this service created, whose answer was lost, from a stranger's: written before the create is sent (R3.8).
/// </summary>
/// <param name="Email">The e-mail address that is sent.</param>
/// <param name="LastName">The marked last name that is sent.</param>
/// <param name="At">When.</param>
/// <param name="OpenUntil">
/// Until when the request may still be sent or worked on: nothing is created before. Null when the vendor is done with it, and its outcome
/// is not known all the same.
/// </param>
[GenerateSerializer, Immutable, Alias("CreateIntent")]
public sealed record CreateIntent(
    [property: Id(0)] string Email, [property: Id(1)] string LastName, [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] DateTimeOffset? OpenUntil = null);
