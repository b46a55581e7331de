namespace OrleansSync.Testing.Client;

/// <summary>The service answered that it cannot answer now, as it may while a silo that died is not known to be dead.</summary>
internal sealed class UnavailableException(string message) : Exception(message);
