using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces;

/// <summary>The stable codes of everything that can go wrong with a user, a run or an account.</summary>
[GenerateSerializer, Alias("ProblemCode")]
public enum ProblemCode
{
    /// <summary>R2.4: the user has no last name.</summary>
    MissingLastName,

    /// <summary>R2.4: the user has no e-mail address.</summary>
    MissingEmail,

    /// <summary>R2.4: the user has no department (on-premise edition).</summary>
    MissingDepartment,

    /// <summary>R3.4: several employees have the user's e-mail address.</summary>
    AmbiguousEmail,

    /// <summary>R3.5: another user has the e-mail address or its employee.</summary>
    EmailTaken,

    /// <summary>R5.5: CallGear refused the number.</summary>
    PhoneRejected,

    /// <summary>CallGear refused this employee.</summary>
    Rejected,

    /// <summary>Bitrix24 refused the webhook, the token or its renewal.</summary>
    Bitrix24Unauthorized,

    /// <summary>The Bitrix24 key may not read what is needed (R8.6 included).</summary>
    Bitrix24Scope,

    /// <summary>The portal does not answer REST calls until its owner changes that.</summary>
    Bitrix24Blocked,

    /// <summary>CallGear refused the key, the address or the rights.</summary>
    CallGearUnauthorized,

    /// <summary>The CallGear account or a component of its plan is switched off.</summary>
    CallGearBlocked,

    /// <summary>The account's address may not be reached from here.</summary>
    AddressRefused,

    /// <summary>R7.3: the employee group is missing or was refused.</summary>
    GroupRejected,

    /// <summary>A vendor's limit lasted longer than a run waits (R8.11).</summary>
    RateLimited,

    /// <summary>No connection, a time-out or a vendor's internal error (R8.11).</summary>
    Unreachable,

    /// <summary>A vendor's answer could not be read or was not whole (R8.4).</summary>
    InvalidAnswer,

    /// <summary>R8.1: too many users disappeared at once.</summary>
    DeletionGuard,

    /// <summary>R8.2: too many linked employees disappeared at once.</summary>
    RecreationGuard,

    /// <summary>The run's process ended.</summary>
    Interrupted,

    /// <summary>R8.13: the account should have been imported, and no run has even begun.</summary>
    Overdue,

    /// <summary>The portal sends its callers to another address, which no renewal of tokens has told.</summary>
    Bitrix24Moved,

    /// <summary>R8.12: the portal looks like another than the links were made with.</summary>
    PortalChanged,

    /// <summary>A person stopped the run.</summary>
    Cancelled,
}

/// <summary>
/// What went wrong, for programs and for people. Where it has arguments, these and the code say all there is, and two problems are the same
/// whatever their words: a text that a release puts otherwise is no news.
/// </summary>
/// <param name="Code">The stable code.</param>
/// <param name="Message">What happened, to whom, and what to do; holds no secret.</param>
[GenerateSerializer, Immutable, Alias("Problem")]
public sealed record Problem([property: Id(0)] ProblemCode Code, [property: Id(1)] string Message)
{
    /// <summary>
    /// What the message was made of, in an order that depends on the code alone; null where the words are all there is, as those of a
    /// vendor.
    /// </summary>
    [Id(2)] public ImmutableList<string>? Arguments { get; init; }

    /// <summary>
    /// R5.5a: a digest of what was tried when it came about; while the same would be tried, it is not. Null where trying again is always
    /// worth it. No part of what makes two problems the same.
    /// </summary>
    [Id(3)] public string? Attempt { get; init; }

    /// <summary>R8.9: whether only a person can help, so that scheduled calls become rarer until somebody has.</summary>
    public bool NeedsPerson => Code is ProblemCode.Bitrix24Unauthorized or ProblemCode.Bitrix24Scope or ProblemCode.Bitrix24Blocked
        or ProblemCode.Bitrix24Moved or ProblemCode.CallGearUnauthorized or ProblemCode.CallGearBlocked or ProblemCode.AddressRefused;

    /// <inheritdoc />
    public bool Equals(Problem? other) =>
        other is not null
        && Code == other.Code
        && (Arguments is null || other.Arguments is null
            ? Message == other.Message
            : Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal));

    /// <inheritdoc />
    public override int GetHashCode() => (int)Code;
}
