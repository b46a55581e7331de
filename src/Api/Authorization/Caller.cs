using System.Security.Claims;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Authorization;

/// <summary>Who sends a request.</summary>
/// <param name="IsOperator">Whether it reaches everything.</param>
/// <param name="AccountId">The only account it reaches; null for the operator.</param>
/// <param name="Actor">How the audit trail names it.</param>
internal sealed record Caller(bool IsOperator, string? AccountId, AuditActor Actor)
{
    /// <summary>Claim that names the account a caller reaches.</summary>
    public const string AccountClaim = "account";

    /// <summary>Claim that names the operator by the value <see cref="OperatorRole"/>.</summary>
    public const string RoleClaim = "role";

    /// <summary>The operator's role.</summary>
    public const string OperatorRole = "operator";

    private const string KeyClaim = "key";
    private const string SubjectClaim = "sub";

    /// <summary>The bearer of the operator's key.</summary>
    public static ClaimsPrincipal Operator(string scheme) => Principal(scheme, new Claim(RoleClaim, OperatorRole));

    /// <summary>The bearer of an account's key.</summary>
    public static ClaimsPrincipal Account(string scheme, ApiKey key) =>
        Principal(scheme, new Claim(AccountClaim, key.AccountId), new Claim(KeyClaim, key.KeyId));

    /// <summary>Reads the caller from its claims.</summary>
    /// <param name="user">The authenticated user.</param>
    public static Caller Of(ClaimsPrincipal user)
    {
        var isOperator = user.HasClaim(RoleClaim, OperatorRole);
        var actor = (user.FindFirstValue(SubjectClaim), user.FindFirstValue(KeyClaim)) switch
        {
            ({ } subject, _) => new AuditActor(AuditActorKind.Oidc, subject),
            (_, { } key) => new AuditActor(AuditActorKind.Account, key),
            _ => new AuditActor(AuditActorKind.Operator, null),
        };
        return new Caller(isOperator, isOperator ? null : user.FindFirstValue(AccountClaim), actor);
    }

    /// <summary>Whether the caller reaches an account.</summary>
    /// <param name="accountId">The account's id.</param>
    public bool Reaches(string accountId) => IsOperator || AccountId == accountId;

    private static ClaimsPrincipal Principal(string scheme, params Claim[] claims) => new(new ClaimsIdentity(claims, scheme));
}
