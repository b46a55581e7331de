namespace OrleansSync.Bitrix24.Responses;

/// <summary>
/// What an answer says of the method's execution time on the portal, which the vendor limits to 480 seconds in 10 minutes.
/// </summary>
/// <param name="OperatingSeconds">Seconds the method has run in the last 10 minutes; for a batch, the highest of its commands.</param>
/// <param name="OperatingResetAt">When part of that time is given back; null if not answered.</param>
public sealed record Bitrix24Timing(double OperatingSeconds, DateTimeOffset? OperatingResetAt);
