using System.Text.Json;

namespace OrleansSync.CallGear;

/// <summary>The vendor's errors and what they mean here: the mnemonic decides, the code only where no mnemonic is known.</summary>
internal static class VendorErrors
{
    private static readonly Dictionary<string, CallGearErrorKind> _byMnemonic = new(StringComparer.Ordinal)
    {
        ["limit_exceeded"] = CallGearErrorKind.LimitExceeded,
        ["access_token_invalid"] = CallGearErrorKind.Unauthorized,
        ["access_token_expired"] = CallGearErrorKind.Unauthorized,
        ["access_token_blocked"] = CallGearErrorKind.Unauthorized,
        ["auth_error"] = CallGearErrorKind.Unauthorized,
        ["ip_not_whitelisted"] = CallGearErrorKind.Unauthorized,
        ["forbidden"] = CallGearErrorKind.Unauthorized,
        ["account_inactive"] = CallGearErrorKind.Blocked,
        ["method_component_disabled"] = CallGearErrorKind.Blocked,
        ["parameter_component_disabled"] = CallGearErrorKind.Blocked,
        ["internal_error"] = CallGearErrorKind.Unavailable,
        ["entity_not_found"] = CallGearErrorKind.NotFound,
        ["duplicate_entity"] = CallGearErrorKind.Duplicate,
        ["already_in_use"] = CallGearErrorKind.Duplicate,
        ["data_type_error"] = CallGearErrorKind.Rejected,
        ["invalid_parameter_value"] = CallGearErrorKind.Rejected,
        ["required_parameter_missed"] = CallGearErrorKind.Rejected,
        ["unexpected_parameters"] = CallGearErrorKind.Rejected,
        ["invalid_parameters_combination"] = CallGearErrorKind.Rejected,
        ["data_limit_exceeded"] = CallGearErrorKind.Rejected,
        ["tariff_restrictions"] = CallGearErrorKind.Rejected,
        ["error"] = CallGearErrorKind.Rejected,
    };

    private static readonly Dictionary<long, CallGearErrorKind> _byCode = new()
    {
        [-32029] = CallGearErrorKind.LimitExceeded,
        [-32001] = CallGearErrorKind.Unauthorized,
        [-32003] = CallGearErrorKind.Unauthorized,
        [-32008] = CallGearErrorKind.Blocked,
        [-32009] = CallGearErrorKind.Blocked,
        [-32603] = CallGearErrorKind.Unavailable,
        [-32602] = CallGearErrorKind.Rejected,

        // Batches, notifications, and JSON-RPC's own refusals: not JSON, not a request, no such method.
        [-32099] = CallGearErrorKind.Rejected,
        [-32700] = CallGearErrorKind.Rejected,
        [-32600] = CallGearErrorKind.Rejected,
        [-32601] = CallGearErrorKind.Rejected,
    };

    /// <summary>Reads a JSON-RPC <c>error</c> object.</summary>
    public static CallGearError Read(JsonElement error, CallGearLimits? limits, bool isWrite, Redaction redaction)
    {
        var data = error.Member("data"u8);
        var mnemonic = Text(data?.Member("mnemonic"u8));
        var code = JsonShape.Integer(error.Member("code"u8));
        var message = Clean(Text(error.Member("message"u8)), redaction);
        var field = Clean(Text(data?.Member("field"u8)), redaction);
        var known = Classify(mnemonic, code);
        var kind = known ?? CallGearErrorKind.Rejected;
        mnemonic = Clean(mnemonic, redaction);
        return new CallGearError(kind, Sentence(kind, mnemonic ?? code?.ToString(), field, message))
        {
            Mnemonic = mnemonic,
            Code = code,
            Field = field,
            ResetAfter = kind == CallGearErrorKind.LimitExceeded ? LimitsParser.Wait(limits) : null,
            IsOutcomeUnknown = isWrite && known is null or CallGearErrorKind.Unavailable,
        };
    }

    /// <summary>The error of an answer without a readable body, by its HTTP status.</summary>
    public static CallGearError FromStatus(int status, bool isWrite, Exception? cause)
    {
        var kind = status switch
        {
            401 or 403 => CallGearErrorKind.Unauthorized,
            429 => CallGearErrorKind.LimitExceeded,
            >= 500 => CallGearErrorKind.Unavailable,
            _ => CallGearErrorKind.InvalidAnswer,
        };
        return new CallGearError(kind, Sentence(kind, $"HTTP {status} and nothing that can be read", null, null))
        {
            Cause = cause,
            IsOutcomeUnknown = isWrite,
            IsGivenUp = status == 504,
            ResetAfter = kind == CallGearErrorKind.LimitExceeded ? LimitsParser.DefaultWait : null,
        };
    }

    private static CallGearErrorKind? Classify(string? mnemonic, long? code)
    {
        if (mnemonic is not null && _byMnemonic.TryGetValue(mnemonic, out var kind))
        {
            return kind;
        }

        return code is { } number && _byCode.TryGetValue(number, out kind) ? kind : null;
    }

    private static string Sentence(CallGearErrorKind kind, string? what, string? field, string? message)
    {
        var meaning = kind switch
        {
            CallGearErrorKind.Unauthorized => "CallGear refused the key; check the key, its rights and the account's list of allowed addresses.",
            CallGearErrorKind.Blocked => "The CallGear account or a component of its plan is switched off.",
            CallGearErrorKind.LimitExceeded => "The requests that CallGear grants this account are used up for now.",
            CallGearErrorKind.Unavailable => "CallGear is not available just now.",
            CallGearErrorKind.InvalidAnswer => "CallGear gave an answer that cannot be used.",
            CallGearErrorKind.NotFound => "CallGear no longer has it.",
            CallGearErrorKind.Duplicate => "CallGear has it already.",
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
        element is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    private static string? Clean(string? text, Redaction redaction) =>
        string.IsNullOrWhiteSpace(text) ? null : redaction.Clean(text);
}
