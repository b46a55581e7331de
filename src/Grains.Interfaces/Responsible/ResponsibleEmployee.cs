namespace OrleansSync.Grains.Interfaces.Responsible;

/// <summary>One employee on an account's list (R7.1).</summary>
/// <param name="BitrixUserId">The user's id in Bitrix24.</param>
/// <param name="CallGearEmployeeId">The employee.</param>
/// <param name="Name">First and last name as Bitrix24 has them.</param>
[GenerateSerializer, Immutable, Alias("ResponsibleEmployee")]
public sealed record ResponsibleEmployee(
    [property: Id(0)] long BitrixUserId,
    [property: Id(1)] long CallGearEmployeeId,
    [property: Id(2)] string Name);

/// <summary>How a change by hand of the list ended (R7.2).</summary>
[GenerateSerializer, Alias("ResponsibleChangeOutcome")]
public enum ResponsibleChangeOutcome
{
    /// <summary>The list is as wanted.</summary>
    Done,

    /// <summary>The account knows no such user, or the user is not imported.</summary>
    NotImported,

    /// <summary>The user is deleted in Bitrix24 and cannot be put back until it returns.</summary>
    Deleted,
}
