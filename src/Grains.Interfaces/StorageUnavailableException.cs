namespace OrleansSync.Grains.Interfaces;

/// <summary>
/// The service's own storage cannot be used just now: a database that does not answer, a full disk, a file that may only be read. The
/// message is for a person; it names no host and holds no secret. Whether what was being stored is stored is not known.
/// </summary>
/// <param name="message">What is wrong and what to do.</param>
[GenerateSerializer, Alias("StorageUnavailable")]
public sealed class StorageUnavailableException(string message) : OrleansException(message);
