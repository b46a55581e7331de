using System.Text;

namespace OrleansSync.Grains.Import;

/// <summary>R2.5: what is the same of two e-mail addresses that are one.</summary>
internal static class EmailKey
{
    /// <summary>
    /// The key of an address: without invisible characters, trimmed, the domain in ASCII, without regard to case. Keys are compared as they
    /// are. Null for a blank address.
    /// </summary>
    public static string? Of(string? text)
    {
        if (EmailAddress.Of(text) is not { } address)
        {
            return null;
        }

        if (Ascii.IsValid(address))
        {
            return address.ToUpperInvariant();
        }

        var (local, domain) = EmailAddress.Split(address);
        return (local + EmailAddress.InAscii(domain)).ToUpperInvariant();
    }
}
