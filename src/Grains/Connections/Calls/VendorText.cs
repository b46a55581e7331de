namespace OrleansSync.Grains.Connections.Calls;

/// <summary>Vendors' own texts inside sentences of ours.</summary>
internal static class VendorText
{
    /// <summary>The text with a full stop, where it does not end a sentence by itself.</summary>
    public static string AsSentence(string text)
    {
        var trimmed = text.TrimEnd();
        return trimmed.Length == 0 || trimmed[^1] is '.' or '!' or '?' or '…' ? trimmed : trimmed + ".";
    }
}
