using OrleansSync.CallGear.Responses;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Limits;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Vendors.Http;

namespace OrleansSync.Grains.Connections.CallGear;

/// <summary>What the errors of CallGear's client mean by the service's own codes.</summary>
internal static class CallGearProblems
{
    public static CallFailure Of(string subject, VendorError error) => error.IsAddressRefused()
        ? CallFailure.Of(
            ProblemCode.AddressRefused,
            $"{subject}: the address of CallGear's Data API may not be reached from here. Check the account's base URL, or have the "
            + "operator allow its network.")
        : CallFailure.Of(CodeOf(error.Kind), $"{subject}: {VendorText.AsSentence(error.Message)}{AdviceOn(error.Kind)}") with
        {
            VendorText = VendorText.AsSentence(error.Message),
            IsPassing = error.IsTransient,
            IsOutcomeUnknown = error.IsOutcomeUnknown,
            MayStillHappen = error is { IsOutcomeUnknown: true, IsGivenUp: true },
            IsGone = error.Kind == VendorErrorKind.NotFound,

            // A number that somebody else has says nothing of the employee.
            IsDuplicate = error.Kind == VendorErrorKind.Duplicate && !error.IsPhoneRejected(),
            IsNumberRefused = error.IsPhoneRejected(),
            MayBeNumber = error is
            {
                Kind: VendorErrorKind.Rejected or VendorErrorKind.Duplicate, Field: null, IsOutcomeUnknown: false
            },
            Parameter = ParameterOf(error),
            IsMethodRefused = error.IsMethodRefused(),
            IsParameterRefused = error.IsParameterRefused(),
        };

    /// <summary>What became of the point that a request with this outcome held: only successful requests are counted.</summary>
    public static PointUse PointUseOf(VendorError? error) => error switch
    {
        null => PointUse.Spent,
        { Code: not null } => PointUse.Kept,
        _ when error.IsNeverConnected => PointUse.Kept,
        _ => PointUse.Unsure,
    };

    /// <summary>The failure that there is no such employee group (R7.3).</summary>
    public static CallFailure NoGroup(string subject, long groupId) => CallFailure.Of(
        ProblemCode.GroupRejected,
        $"{subject}: CallGear has no employee group {groupId}. Make the group, or change the account's setting responsibleGroupId.") with
    {
        IsGone = true,
    };

    /// <summary>
    /// What an error means that came when an employee group was read by a key that reads employees (R7.3): a refusal concerns the group
    /// alone.
    /// </summary>
    public static CallFailure OfGroup(string subject, long groupId, VendorError error)
    {
        if (error.Kind == VendorErrorKind.NotFound)
        {
            return NoGroup(subject, groupId);
        }

        var group = $"{subject}, employee group {groupId}";
        var failure = Of(group, error);
        return failure.Problem.Code is ProblemCode.Rejected or ProblemCode.CallGearUnauthorized or ProblemCode.CallGearBlocked
            ? CallFailure.Of(
                ProblemCode.GroupRejected,
                $"{group}: {VendorText.AsSentence(error.Message)} Correct what it names, "
                + "or change the account's setting responsibleGroupId.")
            : failure;
    }

    /// <summary>The failure that the account's points would come too late.</summary>
    public static CallFailure LimitsLast(string subject) => CallFailure.Of(
        ProblemCode.RateLimited,
        $"{subject}: CallGear's limits of requests would make this call wait longer than a run may. It is tried again by the next run; "
        + "if it keeps happening, ask CallGear for more requests or look for other programs that use the account's API.");

    /// <summary>The failure that a change was given up while its request was under way.</summary>
    public static CallFailure GivenUp(string subject) => CallFailure.Of(
        ProblemCode.Unreachable,
        $"{subject}: the request to CallGear was given up before its answer came, so that the change may have been made. "
        + "The next run looks.") with
    {
        IsOutcomeUnknown = true,
        MayStillHappen = true,
    };

    /// <summary>The failure that a change was held up until it might not be sent any more.</summary>
    public static CallFailure TooLate(string subject) => CallFailure.Of(
        ProblemCode.Unreachable,
        $"{subject}: the change was held up for so long that what it was decided on may have changed, so it was not sent. "
        + "The next run decides anew.") with
    {
        IsTooLate = true,
    };

    private static RefusedParameter? ParameterOf(VendorError error) =>
        ParameterPath.Parse(error.Field) is { } path ? new RefusedParameter(path.Name, path.Index, error.Value)
        : error.Value is { } value ? new RefusedParameter(null, null, value)
        : null;

    private static ProblemCode CodeOf(VendorErrorKind kind) => kind switch
    {
        VendorErrorKind.Unauthorized => ProblemCode.CallGearUnauthorized,
        VendorErrorKind.Blocked => ProblemCode.CallGearBlocked,
        VendorErrorKind.RateLimited => ProblemCode.RateLimited,
        VendorErrorKind.Unavailable => ProblemCode.Unreachable,
        VendorErrorKind.InvalidAnswer => ProblemCode.InvalidAnswer,
        _ => ProblemCode.Rejected,
    };

    private static string AdviceOn(VendorErrorKind kind) => kind switch
    {
        VendorErrorKind.Blocked => " Switch it on in CallGear.",
        VendorErrorKind.RateLimited => " It is tried again by the next run.",
        VendorErrorKind.Unavailable => " It is tried again by the next run; if it lasts, check that CallGear can be reached.",
        VendorErrorKind.InvalidAnswer =>
            " It is tried again by the next run; if it lasts, check the account's base URL and what answers there.",
        VendorErrorKind.Rejected => " Correct what it names; the next run tries again.",
        _ => "",
    };
}
