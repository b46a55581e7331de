namespace OrleansSync.Sandbox;

/// <summary>What the program was asked for.</summary>
/// <param name="Port">Port on 127.0.0.1; 0: a free one.</param>
/// <param name="Demo">Whether the demo's data is wanted.</param>
/// <param name="Addresses">Loopback addresses to listen on.</param>
internal sealed record SandboxArguments(int Port, bool Demo, int Addresses = 1);
