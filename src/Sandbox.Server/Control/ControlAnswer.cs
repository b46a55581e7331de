namespace OrleansSync.Sandbox.Control;

/// <summary>Answer of the control API.</summary>
internal readonly record struct ControlAnswer(int Status, ReadOnlyMemory<byte> Body);
