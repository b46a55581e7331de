namespace OrleansSync.Grains.Interfaces.Accounts;

/// <summary>Which of a user's numbers an employee without a number gets (R5.2).</summary>
[GenerateSerializer, Alias("PhoneNumberChoice")]
public enum PhoneNumberChoice
{
    /// <summary>The first that is not blank.</summary>
    First,

    /// <summary>Every distinct one, in dialling order.</summary>
    All,
}

/// <summary>What an account may choose about its imports.</summary>
[GenerateSerializer, Immutable, Alias("AccountSettings")]
public sealed record AccountSettings
{
    /// <summary>The settings of an account that chose nothing.</summary>
    public static AccountSettings Default { get; } = new();

    /// <summary>R5.2. Default: the first number only.</summary>
    [Id(0)] public PhoneNumberChoice PhoneNumbers { get; init; }

    /// <summary>R5.6: whether a matched employee without a number gets one. Default: no.</summary>
    [Id(1)] public bool FillMissingPhones { get; init; }

    /// <summary>R8.1 and R8.2, in percent from 0 to 100: a larger share of disappearances in one run is held. Default: 30.</summary>
    [Id(2)] public int MaxDeletionsPercent { get; init; } = 30;

    /// <summary>R7.3: the CallGear employee group whose members follow the responsible employees; null for none.</summary>
    [Id(3)] public long? ResponsibleGroupId { get; init; }

    /// <summary>R1.5: whether imports by schedule and event are off.</summary>
    [Id(4)] public bool Paused { get; init; }
}
