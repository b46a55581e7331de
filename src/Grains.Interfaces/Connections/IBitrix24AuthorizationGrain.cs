using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Interfaces.Connections;

/// <summary>A connection that waits for a person's consent in Bitrix24.</summary>
/// <param name="AccountId">The account that shall be connected or changed.</param>
/// <param name="Connection">The connection but for its Bitrix24 tokens, its secrets protected for the account.</param>
/// <param name="Session">The hash of the sign-in that began it: nobody else can finish it.</param>
[GenerateSerializer, Immutable, Alias("PendingAuthorization")]
public sealed record PendingAuthorization(
    [property: Id(0)] string AccountId, [property: Id(1)] AccountConnection Connection, [property: Id(2)] string Session);

/// <summary>What came of a person's answer in Bitrix24.</summary>
[GenerateSerializer, Alias("AuthorizationOutcome")]
public enum AuthorizationOutcome
{
    /// <summary>There are tokens.</summary>
    Granted,

    /// <summary>Nobody here has begun it, or it took too long, or it was finished before, or another sign-in began it.</summary>
    Unknown,

    /// <summary>The person did not consent.</summary>
    Denied,

    /// <summary>The consent is one of another portal than was entered.</summary>
    AnotherPortal,

    /// <summary>Bitrix24 did not exchange the code for tokens.</summary>
    Refused,
}

/// <summary>What came of a person's answer in Bitrix24, and what there is to store.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="AccountId">The account; null when it is not known.</param>
/// <param name="Connection">With <see cref="AuthorizationOutcome.Granted"/>: the whole connection, its secrets protected for the
/// account.</param>
/// <param name="Problem">With <see cref="AuthorizationOutcome.Refused"/>: what Bitrix24 said.</param>
[GenerateSerializer, Immutable, Alias("AuthorizationAnswer")]
public sealed record AuthorizationAnswer(
    [property: Id(0)] AuthorizationOutcome Outcome,
    [property: Id(1)] string? AccountId = null,
    [property: Id(2)] AccountConnection? Connection = null,
    [property: Id(3)] Problem? Problem = null);

/// <summary>
/// One consent that a person is asked for in Bitrix24. It is kept in memory alone: when its silo goes, the person begins anew. The key is
/// made from the state that goes to Bitrix24 and comes back.
/// </summary>
[Alias("IBitrix24AuthorizationGrain")]
public interface IBitrix24AuthorizationGrain : IGrainWithStringKey
{
    /// <summary>Remembers what the consent is for.</summary>
    /// <param name="pending">What waits.</param>
    [Alias("Begin")]
    Task BeginAsync(PendingAuthorization pending);

    /// <summary>Takes the person's answer, once, and exchanges the code for tokens.</summary>
    /// <param name="session">The hash of the sign-in that brings the answer.</param>
    /// <param name="code">The code, protected for no account; null when the person did not consent.</param>
    /// <param name="cancellationToken">Gives the exchange up.</param>
    [Alias("Complete"), ResponseTimeout("00:02:30")]
    Task<AuthorizationAnswer> CompleteAsync(string session, ProtectedText? code, CancellationToken cancellationToken);
}
