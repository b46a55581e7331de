using OrleansSync.Grains.Interfaces.Accounts;

namespace OrleansSync.Grains.Interfaces.Connections;

/// <summary>What a look at one vendor gave.</summary>
/// <param name="Count">Users or employees there; null when it could not be read, or when it was not tried because an account keeps this
/// side as it is.</param>
/// <param name="Problem">Why it could not be read; null when all is well, or when it was not tried.</param>
[GenerateSerializer, Immutable, Alias("VendorCheck")]
public sealed record VendorCheck([property: Id(0)] int? Count, [property: Id(1)] Problem? Problem);

/// <summary>What a look at both vendors gave.</summary>
/// <param name="Bitrix24">The Bitrix24 side.</param>
/// <param name="CallGear">The CallGear side.</param>
/// <param name="Group">
/// R7.3: what is wrong with the employee group that the settings name, <see cref="ProblemCode.GroupRejected"/> unless it could only not be
/// read just now; null when all is well, when they name none, or when the CallGear side itself could not be read.
/// </param>
/// <param name="ConnectedAs">
/// Id of another account that has the same Bitrix24 portal and the same CallGear account already, so that both would import the same
/// people; null when there is none, or when it could not be found out just now.
/// </param>
[GenerateSerializer, Immutable, Alias("ConnectionCheck")]
public sealed record ConnectionCheck(
    [property: Id(0)] VendorCheck Bitrix24,
    [property: Id(1)] VendorCheck CallGear,
    [property: Id(2)] Problem? Group = null,
    [property: Id(3)] string? ConnectedAs = null);

/// <summary>Tries a connection before it is stored. Any key; several checks may run at a time.</summary>
[Alias("IConnectionCheckGrain")]
public interface IConnectionCheckGrain : IGrainWithStringKey
{
    /// <summary>
    /// Reads a little from both vendors, the employee group of R7.3 included, without repeating a failed request, and looks for another
    /// account with the same two sides.
    /// </summary>
    /// <param name="connection">
    /// The connection, its secrets protected for <paramref name="secretsOwner"/>. Of an account, a CallGear key that is null is the stored
    /// one, and a Bitrix24 side without secrets is kept as it is, so that it is not tried.
    /// </param>
    /// <param name="secretsOwner">Whom the secrets are protected for: an account, or nobody yet; then a secret that is missing is a
    /// problem.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    [Alias("Check"), ResponseTimeout("00:02:30")]
    Task<ConnectionCheck> CheckAsync(AccountConnection connection, string secretsOwner, CancellationToken cancellationToken);
}
