using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.Bitrix24;

/// <summary>What the errors of Bitrix24's client mean by the service's own codes.</summary>
internal static class Bitrix24Problems
{
    public static CallFailure Of(string subject, VendorError error) => error.IsAddressRefused()
        ? CallFailure.Of(
            ProblemCode.AddressRefused,
            $"{subject}: the address of the Bitrix24 portal may not be reached from here. Check the address, or have the operator allow "
            + "its network.")
        : CallFailure.Of(CodeOf(error.Kind), $"{subject}: {VendorText.AsSentence(error.Message)}{AdviceOn(error.Kind)}") with
        {
            IsPassing = error.IsTransient,
        };

    /// <summary>The failure that a portal's limits would last longer than a run waits.</summary>
    public static CallFailure LimitsLast(string subject) => CallFailure.Of(
        ProblemCode.RateLimited,
        $"{subject}: the limits of the Bitrix24 portal would make this call wait longer than a run may. It is tried again by the next run; "
        + "if it keeps happening, look for other applications that call this portal a lot.");

    /// <summary>The failure that the shared count of a portal's requests could not be asked.</summary>
    public static CallFailure ThrottleAway(string subject) => CallFailure.Of(
        ProblemCode.Unreachable,
        $"{subject}: the part of this service that counts requests to the Bitrix24 portal is not available just now. "
        + "It is tried again by the next run.") with
    {
        IsPassing = true,
    };

    private static ProblemCode CodeOf(VendorErrorKind kind) => kind switch
    {
        VendorErrorKind.TokenExpired or VendorErrorKind.Unauthorized => ProblemCode.Bitrix24Unauthorized,
        VendorErrorKind.InsufficientScope => ProblemCode.Bitrix24Scope,
        VendorErrorKind.Blocked => ProblemCode.Bitrix24Blocked,
        VendorErrorKind.RateLimited or VendorErrorKind.OperationTimeLimit => ProblemCode.RateLimited,
        VendorErrorKind.Unavailable => ProblemCode.Unreachable,
        VendorErrorKind.Moved => ProblemCode.Bitrix24Moved,

        // The codes know a refusal of Bitrix24 only by its reasons; one that gives none of them leaves no list to work with.
        _ => ProblemCode.InvalidAnswer,
    };

    private static string AdviceOn(VendorErrorKind kind) => kind switch
    {
        VendorErrorKind.TokenExpired => " Connect the account again with new tokens.",
        VendorErrorKind.RateLimited or VendorErrorKind.OperationTimeLimit => " It is tried again by the next run.",
        VendorErrorKind.Unavailable => " It is tried again by the next run; if it lasts, check that the portal can be reached.",
        VendorErrorKind.Moved =>
            " If the portal was renamed, store its new address in the account's connection, with a webhook or tokens of that address; if "
            + "not, something before it, such as a login page, keeps calls away.",
        VendorErrorKind.InvalidAnswer or VendorErrorKind.Rejected =>
            " It is tried again by the next run; if it lasts, check the portal's address and what answers there.",
        _ => "",
    };
}
