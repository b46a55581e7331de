namespace OrleansSync.Bitrix24;

/// <summary>What a request came to: a status and a whole body within bounds, or the reason why there is none.</summary>
internal readonly record struct HttpReply(int Status, ReadOnlyMemory<byte> Body, Bitrix24Error? Failure)
{
    public static implicit operator HttpReply(Bitrix24Error failure) => new(0, default, failure);
}
