namespace OrleansSync.CallGear;

/// <summary>What a request came to: a status and a whole body within bounds, or the reason why there is none.</summary>
internal readonly record struct HttpReply(int Status, ReadOnlyMemory<byte> Body, CallGearError? Failure)
{
    public static implicit operator HttpReply(CallGearError failure) => new(0, default, failure);
}
