using System.Collections.Frozen;

namespace OrleansSync.Bitrix24.Responses;

/// <summary>What an error means here: its code decides, and the HTTP status where the code is not known.</summary>
internal static class VendorErrors
{
    private static readonly FrozenDictionary<string, VendorCode> _ofCalls = Index(VendorCodes.OfCalls);
    private static readonly FrozenDictionary<string, VendorCode> _onPremise = Index(VendorCodes.OnPremise);
    private static readonly FrozenDictionary<string, VendorCode> _ofRenewals = Index(VendorCodes.OfRenewals);

    /// <summary>The kind of an answer that is an error by its code or its status.</summary>
    public static VendorErrorKind Classify(string? code, int status, AnswerContext context) =>
        Find(code, context)?.Kind ?? status switch
        {
            401 or 403 => VendorErrorKind.Unauthorized,
            402 => VendorErrorKind.Blocked,
            429 => VendorErrorKind.RateLimited,
            >= 500 => VendorErrorKind.Unavailable,
            _ => code is null ? VendorErrorKind.InvalidAnswer : VendorErrorKind.Rejected,
        };

    /// <summary>The error with a sentence for a person.</summary>
    /// <param name="error">What the answer says of it.</param>
    /// <param name="status">The answer's HTTP status.</param>
    /// <param name="context">What was asked.</param>
    /// <param name="resetAt">When the method may run again, if that is what the error is about.</param>
    /// <param name="redaction">Hides what the request carried.</param>
    public static VendorError Create(
        ErrorBody error, int status, AnswerContext context, DateTimeOffset? resetAt, Redaction redaction)
    {
        var kind = Classify(error.Code, status, context);
        var shownCode = string.IsNullOrWhiteSpace(error.Code) ? null : redaction.Clean(error.Code);
        var said = string.IsNullOrWhiteSpace(error.Description) ? null : redaction.Clean(error.Description);
        var details = (shownCode, said) switch
        {
            (null, null) => $" It answered with HTTP {status}.",
            (null, _) => $" It answered: {said}",
            (_, null) => $" It answered {shownCode}.",
            _ => $" It answered {shownCode}: {said}",
        };
        return new VendorError(kind, (Find(error.Code, context)?.Sentence ?? Sentence(kind)) + details)
        {
            Code = shownCode,
            ResetAt = kind == VendorErrorKind.OperationTimeLimit ? resetAt : null,
        };
    }

    /// <summary>The error that a portal's answer sends elsewhere. Where it sends to is never called; its host alone is shown.</summary>
    /// <param name="redirect">The redirect.</param>
    /// <param name="redaction">Hides what the request carried.</param>
    public static VendorError Moved(Redirect redirect, Redaction redaction)
    {
        var shown = redirect with { Host = redirect.Host is { } host ? redaction.Clean(host) : null };
        var target = shown switch
        {
            { Host: null } => "that names no address",
            { IsSameHost: true } => $"to another address at {shown.Host} itself",
            _ => $"to {shown.Host}",
        };
        return new VendorError(
            VendorErrorKind.Moved, $"The portal answers with a redirect (HTTP {redirect.Status}) {target}, which is not followed.")
        {
            Redirect = shown,
        };
    }

    private static VendorCode? Find(string? code, AnswerContext context)
    {
        if (code?.Trim() is not { Length: > 0 } known)
        {
            return null;
        }

        var special = context switch
        {
            AnswerContext.Renewal => _ofRenewals.GetValueOrDefault(known),
            AnswerContext.OnPremiseCall => _onPremise.GetValueOrDefault(known),
            _ => null,
        };
        return special ?? _ofCalls.GetValueOrDefault(known);
    }

    private static FrozenDictionary<string, VendorCode> Index(IEnumerable<VendorCode> codes) =>
        codes.ToFrozenDictionary(code => code.Code, StringComparer.OrdinalIgnoreCase);

    private static string Sentence(VendorErrorKind kind) => kind switch
    {
        VendorErrorKind.TokenExpired => "The Bitrix24 access token has expired.",
        VendorErrorKind.Unauthorized => "Bitrix24 refused the webhook or token; give it a new one.",
        VendorErrorKind.InsufficientScope => "The Bitrix24 key lacks a permission; give it the scope user_basic.",
        VendorErrorKind.Blocked => "Bitrix24 has switched off REST calls for this portal; check its plan and state.",
        VendorErrorKind.RateLimited => "Bitrix24 accepts no more requests for this portal just now.",
        VendorErrorKind.OperationTimeLimit => "The execution time that Bitrix24 grants this portal is used up for now.",
        VendorErrorKind.Unavailable => "Bitrix24 is not available just now.",
        VendorErrorKind.InvalidAnswer => "Bitrix24 gave an answer that cannot be used.",
        _ => "Bitrix24 rejected the request.",
    };
}
