namespace OrleansSync.Grains.Interfaces.Runs;

/// <summary>A vendor whose limits runs wait for.</summary>
[GenerateSerializer, Alias("LimitedVendor")]
public enum LimitedVendor
{
    /// <summary>Bitrix24, which limits requests to a portal.</summary>
    Bitrix24,

    /// <summary>CallGear, which limits requests of an account.</summary>
    CallGear,
}

/// <summary>That a run waits for a vendor's limit (R8.11).</summary>
/// <param name="Vendor">The vendor.</param>
/// <param name="Until">When the next request may be sent; null where that is not known here.</param>
/// <param name="PerMinute">How many requests a minute the vendor told it allows; null where it told none.</param>
[GenerateSerializer, Immutable, Alias("VendorWait")]
public sealed record VendorWait(
    [property: Id(0)] LimitedVendor Vendor, [property: Id(1)] DateTimeOffset? Until = null, [property: Id(2)] long? PerMinute = null);
