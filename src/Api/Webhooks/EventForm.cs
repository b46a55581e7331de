using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace OrleansSync.Api.Webhooks;

/// <summary>What matters of the form that Bitrix24's outgoing webhooks post, with its PHP-style keys.</summary>
/// <param name="Event">The event's name; empty when there is none.</param>
/// <param name="ApplicationToken">The secret that proves the sender.</param>
internal readonly record struct EventForm(string Event, string ApplicationToken)
{
    private const int MaxKeys = 1024;
    private const string EventKey = "event";
    private const string TokenKey = "auth[application_token]";

    /// <summary>Reads a form; null when it is malformed or has no token.</summary>
    public static EventForm? Parse(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body))
        {
            return null;
        }

        try
        {
            using var reader = new FormReader(Encoding.UTF8.GetString(body))
            {
                ValueCountLimit = MaxKeys,
                KeyLengthLimit = body.Length,
                ValueLengthLimit = body.Length,
            };
            var form = reader.ReadForm();
            return Single(form, TokenKey) is { Length: > 0 } token ? new EventForm(Single(form, EventKey) ?? "", token) : null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The event without its token.</summary>
    public override string ToString() => Event;

    private static string? Single(Dictionary<string, StringValues> form, string key) =>
        form.TryGetValue(key, out var values) && values is [var value] ? value : null;
}
