namespace OrleansSync.Grains.Outbound;

/// <summary>
/// An outgoing call was not made because its address may not be reached. The message names the host and the reason, never a path: the
/// path of a Bitrix24 webhook is a secret.
/// </summary>
/// <param name="message">What was refused and why, for a person.</param>
public sealed class AddressRefusedException(string message) : Exception(message);
