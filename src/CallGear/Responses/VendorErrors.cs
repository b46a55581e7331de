using System.Text.Json;

namespace OrleansSync.CallGear.Responses;

/// <summary>The vendor's errors and what they mean here: the mnemonic decides, the code only where no mnemonic is known.</summary>
internal static class VendorErrors
{
    public const string Forbidden = "forbidden";

    private static readonly Dictionary<string, VendorErrorKind> _byMnemonic = new(StringComparer.Ordinal)
    {
        ["limit_exceeded"] = VendorErrorKind.RateLimited,
        ["access_token_invalid"] = VendorErrorKind.Unauthorized,
        ["access_token_expired"] = VendorErrorKind.Unauthorized,
        ["access_token_blocked"] = VendorErrorKind.Unauthorized,
        ["auth_error"] = VendorErrorKind.Unauthorized,
        ["ip_not_whitelisted"] = VendorErrorKind.Unauthorized,
        [Forbidden] = VendorErrorKind.Unauthorized,
        ["account_inactive"] = VendorErrorKind.Blocked,
        ["method_component_disabled"] = VendorErrorKind.Blocked,
        ["parameter_component_disabled"] = VendorErrorKind.Blocked,
        ["internal_error"] = VendorErrorKind.Unavailable,
        ["entity_not_found"] = VendorErrorKind.NotFound,
        ["duplicate_entity"] = VendorErrorKind.Duplicate,
        ["already_in_use"] = VendorErrorKind.Duplicate,
        ["data_type_error"] = VendorErrorKind.Rejected,
        ["invalid_parameter_value"] = VendorErrorKind.Rejected,
        ["required_parameter_missed"] = VendorErrorKind.Rejected,
        ["unexpected_parameters"] = VendorErrorKind.Rejected,
        ["invalid_parameters_combination"] = VendorErrorKind.Rejected,
        ["data_limit_exceeded"] = VendorErrorKind.Rejected,
        ["tariff_restrictions"] = VendorErrorKind.Rejected,
        ["error"] = VendorErrorKind.Rejected,
    };

    private static readonly Dictionary<long, VendorErrorKind> _byCode = new()
    {
        [-32029] = VendorErrorKind.RateLimited,
        [-32001] = VendorErrorKind.Unauthorized,
        [-32003] = VendorErrorKind.Unauthorized,
        [-32008] = VendorErrorKind.Blocked,
        [-32009] = VendorErrorKind.Blocked,
        [-32603] = VendorErrorKind.Unavailable,
        [-32602] = VendorErrorKind.Rejected,

        // Batches, notifications, and JSON-RPC's own refusals: not JSON, not a request, no such method.
        [-32099] = VendorErrorKind.Rejected,
        [-32700] = VendorErrorKind.Rejected,
        [-32600] = VendorErrorKind.Rejected,
        [-32601] = VendorErrorKind.Rejected,
    };

    /// <summary>Reads a JSON-RPC <c>error</c> object.</summary>
    public static VendorError Read(JsonElement error, CallGearLimits? limits, bool isWrite, Redaction redaction)
    {
        var data = error.Member("data"u8);
        var mnemonic = Text(data?.Member("mnemonic"u8));
        var code = JsonShape.Integer(error.Member("code"u8));
        var message = Clean(Text(error.Member("message"u8)), redaction);
        var field = Clean(Text(data?.Member("field"u8)), redaction);
        var known = Classify(mnemonic, code);
        var kind = known ?? VendorErrorKind.Rejected;
        var what = Clean(mnemonic, redaction) ?? code?.ToString();
        return new VendorError(kind, Sentence(kind, what, field, message))
        {
            Code = what,
            Field = field,
            Value = Clean(Value(data?.Member("value"u8)), redaction),
            ResetAfter = kind == VendorErrorKind.RateLimited ? LimitsParser.Wait(limits) : null,
            IsOutcomeUnknown = isWrite && known is null or VendorErrorKind.Unavailable,
        };
    }

    /// <summary>The error of an answer without a readable body, by its HTTP status.</summary>
    public static VendorError FromStatus(int status, bool isWrite, Exception? cause)
    {
        var kind = status switch
        {
            401 or 403 => VendorErrorKind.Unauthorized,
            429 => VendorErrorKind.RateLimited,
            >= 500 => VendorErrorKind.Unavailable,
            _ => VendorErrorKind.InvalidAnswer,
        };
        return new VendorError(kind, Sentence(kind, $"HTTP {status} and nothing that can be read", null, null))
        {
            Cause = cause,
            IsOutcomeUnknown = isWrite,
            IsGivenUp = status == 504,
            ResetAfter = kind == VendorErrorKind.RateLimited ? LimitsParser.DefaultWait : null,
        };
    }

    private static VendorErrorKind? Classify(string? mnemonic, long? code)
    {
        if (mnemonic is not null && _byMnemonic.TryGetValue(mnemonic, out var kind))
        {
            return kind;
        }

        return code is { } number && _byCode.TryGetValue(number, out kind) ? kind : null;
    }

    private static string Sentence(VendorErrorKind kind, string? what, string? field, string? message)
    {
        var meaning = kind switch
        {
            VendorErrorKind.Unauthorized when what == Forbidden =>
                "CallGear refused the call, because the key lacks the right to it; give the key that right in CallGear.",
            VendorErrorKind.Unauthorized =>
                "CallGear refused the key; check the key, its rights and the account's list of allowed addresses.",
            VendorErrorKind.Blocked => "The CallGear account or a component of its plan is switched off.",
            VendorErrorKind.RateLimited => "The requests that CallGear grants this account are used up for now.",
            VendorErrorKind.Unavailable => "CallGear is not available just now.",
            VendorErrorKind.InvalidAnswer => "CallGear gave an answer that cannot be used.",
            VendorErrorKind.NotFound => "CallGear no longer has it.",
            VendorErrorKind.Duplicate => "CallGear has it already.",
            _ => "CallGear rejected the request.",
        };
        var subject = field is null ? what : $"{what} for {field}";
        return (subject, message) switch
        {
            (null, null) => meaning,
            (null, _) => $"{meaning} It answered: {message}",
            (_, null) => $"{meaning} It answered {subject}.",
            _ => $"{meaning} It answered {subject}: {message}",
        };
    }

    private static string? Text(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.String } found ? JsonText.Of(found) : null;

    private static string? Value(JsonElement? element) => element switch
    {
        null or { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } => Text(element),
        { } other => other.GetRawText(),
    };

    private static string? Clean(string? text, Redaction redaction) =>
        string.IsNullOrWhiteSpace(text) ? null : redaction.Clean(text);
}
