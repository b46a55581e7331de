namespace OrleansSync.Faults.Invariants;

/// <summary>What must not be.</summary>
internal enum ViolationKind
{
    /// <summary>R3.8: several employees of one user.</summary>
    Duplicate,

    /// <summary>An importable user without an employee.</summary>
    NotImported,

    /// <summary>An employee that was created for nobody, or one of a stranger that was changed.</summary>
    Stranger,

    /// <summary>A row whose link is missing or is not the user's employee.</summary>
    LostLink,

    /// <summary>A user that was skipped for another reason than the rules', or not shown.</summary>
    WrongSkip,

    /// <summary>R6.1: an employee is gone.</summary>
    Deleted,

    /// <summary>R5.4: a number is gone or was changed on the way.</summary>
    LostNumber,

    /// <summary>R5: an employee without the number it should have, or with another.</summary>
    WrongNumber,

    /// <summary>R4.3: a last name with two marks.</summary>
    MarkedTwice,

    /// <summary>R4: a last name that is not the rules'.</summary>
    WrongName,

    /// <summary>R7.1: the list lacks somebody, or has somebody it should not have.</summary>
    WrongResponsible,

    /// <summary>R7.3: the group is not the list.</summary>
    WrongGroup,

    /// <summary>R6.3, R8.1: somebody was removed although nobody had gone.</summary>
    WrongRemoval,

    /// <summary>R8.11: a request came although the vendor's limit was used up.</summary>
    OverLimit,

    /// <summary>A run without an end, or an interrupted one that no run took the place of in time.</summary>
    NotTakenUp,

    /// <summary>Something of a disconnected account is left, is shown, or still opens a door.</summary>
    NotErased,

    /// <summary>A new account that is there in part only.</summary>
    HalfConnected,

    /// <summary>A user of one portal in the CallGear account of another.</summary>
    WrongAccount,

    /// <summary>What is stored of a user together is not there together.</summary>
    HalfStored,
}

/// <summary>Something that must not be, of one account.</summary>
/// <param name="Kind">What.</param>
/// <param name="Text">Whom it concerns, and what there is instead.</param>
internal sealed record Violation(ViolationKind Kind, string Text);
