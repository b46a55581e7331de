namespace OrleansSync.CallGear.Employees;

/// <summary>
/// A phone number of an employee with everything that an update must send back, so that a number that is there is never changed (R5.4).
/// </summary>
/// <param name="PhoneId">Id of a number that exists; null for one that is to be added.</param>
/// <param name="PhoneNumber">The number as CallGear has it, which need not be digits only.</param>
/// <param name="ChannelsCount">Lines on the phone; null where not answered.</param>
/// <param name="DialTime">Seconds to let it ring; null where not answered.</param>
/// <param name="Status"><c>active</c> or <c>inactive</c>; null where not answered.</param>
public sealed record CallGearPhoneNumber(long? PhoneId, string? PhoneNumber, int? ChannelsCount, int? DialTime, string? Status)
{
    /// <summary>A number to be added, with the vendor's defaults for the rest.</summary>
    public static CallGearPhoneNumber New(string phoneNumber) => new(null, phoneNumber, null, null, null);

    /// <summary>The id alone: a phone number is personal data, which does not belong in logs.</summary>
    public override string ToString() => PhoneId is null ? "new phone number" : $"phone number {PhoneId}";
}
