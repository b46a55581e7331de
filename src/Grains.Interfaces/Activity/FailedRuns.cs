namespace OrleansSync.Grains.Interfaces.Activity;

/// <summary>Why a run ended without doing its work, as far as it matters to whoever looks after the service.</summary>
public enum FailureCause
{
    /// <summary>A vendor could not be reached or answered nothing that can be read, or the run was broken off.</summary>
    NoAnswer,

    /// <summary>A vendor refused the account, or the account's address may not be reached.</summary>
    Refused,

    /// <summary>A vendor's limit lasted for too long.</summary>
    RateLimit,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>How many runs failed, by cause.</summary>
/// <param name="NoAnswer"><see cref="FailureCause.NoAnswer"/>.</param>
/// <param name="Refused"><see cref="FailureCause.Refused"/>.</param>
/// <param name="RateLimit"><see cref="FailureCause.RateLimit"/>.</param>
/// <param name="Other"><see cref="FailureCause.Other"/>.</param>
[GenerateSerializer, Immutable, Alias("FailedRuns")]
public sealed record FailedRuns(
    [property: Id(0)] int NoAnswer = 0, [property: Id(1)] int Refused = 0, [property: Id(2)] int RateLimit = 0,
    [property: Id(3)] int Other = 0)
{
    /// <summary>None.</summary>
    public static FailedRuns None { get; } = new();

    /// <summary>All of them.</summary>
    public int Total => NoAnswer + Refused + RateLimit + Other;

    /// <summary>How many failed for a cause.</summary>
    public int Of(FailureCause cause) => cause switch
    {
        FailureCause.NoAnswer => NoAnswer,
        FailureCause.Refused => Refused,
        FailureCause.RateLimit => RateLimit,
        _ => Other,
    };

    /// <summary>These and some that failed with a code.</summary>
    /// <param name="code">What went wrong; null where that is not known.</param>
    /// <param name="runs">How many.</param>
    public FailedRuns With(ProblemCode? code, int runs) => CauseOf(code) switch
    {
        FailureCause.NoAnswer => this with { NoAnswer = NoAnswer + runs },
        FailureCause.Refused => this with { Refused = Refused + runs },
        FailureCause.RateLimit => this with { RateLimit = RateLimit + runs },
        _ => this with { Other = Other + runs },
    };

    /// <summary>The cause that a code belongs to.</summary>
    public static FailureCause CauseOf(ProblemCode? code) => code switch
    {
        ProblemCode.Unreachable or ProblemCode.InvalidAnswer or ProblemCode.Interrupted => FailureCause.NoAnswer,
        ProblemCode.Bitrix24Unauthorized or ProblemCode.Bitrix24Scope or ProblemCode.Bitrix24Blocked
            or ProblemCode.CallGearUnauthorized or ProblemCode.CallGearBlocked or ProblemCode.AddressRefused => FailureCause.Refused,
        ProblemCode.RateLimited => FailureCause.RateLimit,
        _ => FailureCause.Other,
    };
}
