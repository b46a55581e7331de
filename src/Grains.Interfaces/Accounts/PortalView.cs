namespace OrleansSync.Grains.Interfaces.Accounts;

/// <summary>Which portal an account's tokens belong to, as their renewal told.</summary>
/// <param name="Host">The portal's present host, with its port where that is not the scheme's own.</param>
/// <param name="MemberId">The portal's id, which stays when its address changes; null if it was not told.</param>
[GenerateSerializer, Immutable, Alias("PortalView")]
public sealed record PortalView([property: Id(0)] string Host, [property: Id(1)] string? MemberId);
