using System.Security.Claims;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Keys;

namespace OrleansSync.Api.Authorization;

/// <summary>Tells whose key a text is: the operator's, or an account's.</summary>
internal sealed class KeyVerification(
    OperatorKey operatorKey, OneTimeKey oneTimeKey, IGrainFactory grains, WrongKeyLimit wrongKeys, RefusalPace pace)
{
    /// <summary>
    /// The bearer of a key; null when it is nobody's, or when the address has tried too many (<see cref="WrongKeyLimit.RetryAfter"/>).
    /// </summary>
    public async Task<ClaimsPrincipal?> FindBearerAsync(HttpContext context, string presented)
    {
        var begin = pace.Begin();
        if (operatorKey.Matches(presented))
        {
            return Caller.Operator(KeyAuthentication.SchemeName);
        }

        if (wrongKeys.Blocks(context))
        {
            return null;
        }

        if (ApiKey.TryParse(presented, out var key)
            && await grains.GetGrain<IAccountKeysGrain>(GrainKeys.Account(key.AccountId)).VerifyAsync(key.KeyId, key.SecretHash))
        {
            return Caller.Account(KeyAuthentication.SchemeName, key);
        }

        await CountWrongAsync(context, begin);
        return null;
    }

    /// <summary>
    /// The operator, by the key that counts once; null when it is another, was used, or is too old, or when the address has tried too many.
    /// </summary>
    public async Task<ClaimsPrincipal?> RedeemAsync(HttpContext context, string presented)
    {
        var begin = pace.Begin();
        if (oneTimeKey.Redeem(presented))
        {
            return Caller.Operator(KeyAuthentication.SchemeName);
        }

        if (!wrongKeys.Blocks(context))
        {
            await CountWrongAsync(context, begin);
        }

        return null;
    }

    private Task CountWrongAsync(HttpContext context, long begin)
    {
        wrongKeys.Count(context);
        return pace.HoldAsync(begin, context.RequestAborted);
    }
}
