using System.Security.Claims;
using OrleansSync.Grains.Interfaces.Audit;

namespace OrleansSync.Api.Authorization;

/// <summary>Who sends a request.</summary>
/// <param name="IsOperator">Whether it reaches everything.</param>
/// <param name="AccountId">The only account it reaches; null for the operator, and for a caller who reaches nothing.</param>
/// <param name="Actor">How the audit trail names it.</param>
internal sealed record Caller(bool IsOperator, string? AccountId, AuditActor Actor)
{
    /// <summary>Claim that names the account a caller reaches.</summary>
    public const string AccountClaim = "account";

    /// <summary>Claim that names the operator by the value <see cref="OperatorRole"/>.</summary>
    public const string RoleClaim = "role";

    public const string OperatorRole = "operator";

    /// <summary>Claim that names a person or program for its identity provider.</summary>
    public const string SubjectClaim = "sub";

    private const string KeyClaim = "key";

    /// <summary>
    /// Whether it is the bearer of the operator's key, and not somebody to whom an identity provider gave the operator's role.
    /// </summary>
    public bool HasOperatorKey => Actor.Kind == AuditActorKind.Operator;

    /// <summary>The bearer of the operator's key.</summary>
    public static ClaimsPrincipal Operator(string scheme) => Principal(scheme, new Claim(RoleClaim, OperatorRole));

    /// <summary>The bearer of an account's key.</summary>
    public static ClaimsPrincipal Account(string scheme, ApiKey key) =>
        Principal(scheme, new Claim(AccountClaim, key.AccountId), new Claim(KeyClaim, key.KeyId));

    public static Caller Of(ClaimsPrincipal user)
    {
        var isOperator = user.HasClaim(RoleClaim, OperatorRole);

        // A token that names several accounts is not one of this service's making; to take the first would be a guess.
        var account = !isOperator && user.FindAll(AccountClaim).ToList() is [var only] ? only.Value : null;
        return new Caller(isOperator, account, ActorOf(user));
    }

    public bool Reaches(string accountId) => IsOperator || AccountId == accountId;

    // By the scheme that vouches for the caller: what a token calls itself must not make it look like a key in the audit trail.
    private static AuditActor ActorOf(ClaimsPrincipal user) => user.Identity?.AuthenticationType switch
    {
        OidcAuthentication.SchemeName => new AuditActor(AuditActorKind.Oidc, user.FindFirstValue(SubjectClaim)),
        _ when user.FindFirstValue(KeyClaim) is { } key => new AuditActor(AuditActorKind.Account, key),
        _ => new AuditActor(AuditActorKind.Operator, null),
    };

    private static ClaimsPrincipal Principal(string scheme, params Claim[] claims) => new(new ClaimsIdentity(claims, scheme));
}
