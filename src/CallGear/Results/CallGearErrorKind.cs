namespace OrleansSync.CallGear;

/// <summary>What a failed call to CallGear means for the caller.</summary>
public enum CallGearErrorKind
{
    /// <summary>
    /// The key was refused and a person must act: <c>access_token_invalid</c>, <c>access_token_expired</c>, <c>access_token_blocked</c>,
    /// <c>auth_error</c> (-32001), <c>ip_not_whitelisted</c>, <c>forbidden</c> (-32003), and HTTP 401 or 403 without a readable error.
    /// </summary>
    Unauthorized,

    /// <summary>
    /// The account or a component of its plan is switched off and a person must act: <c>account_inactive</c> (-32009),
    /// <c>method_component_disabled</c>, <c>parameter_component_disabled</c> (-32008).
    /// </summary>
    Blocked,

    /// <summary>The account's points are used up (<c>limit_exceeded</c>, -32029); <see cref="CallGearError.ResetAfter"/> says for how long.</summary>
    LimitExceeded,

    /// <summary>
    /// CallGear could not be reached or failed for now: <c>internal_error</c> (-32603), a 5xx without a readable error, a connection that
    /// failed, a timeout.
    /// </summary>
    Unavailable,

    /// <summary>
    /// The answer cannot be used: not JSON, cut short, too large, of another shape than documented, the answer to another request, not a
    /// whole list, or a redirect (none is followed).
    /// </summary>
    InvalidAnswer,

    /// <summary>The employee or group is gone (<c>entity_not_found</c>).</summary>
    NotFound,

    /// <summary>It exists already, perhaps by an earlier call whose answer was lost: <c>duplicate_entity</c>, <c>already_in_use</c>.</summary>
    Duplicate,

    /// <summary>
    /// CallGear refuses what was sent, for this employee: <c>data_type_error</c>, <c>invalid_parameter_value</c>,
    /// <c>required_parameter_missed</c>, <c>unexpected_parameters</c>, <c>invalid_parameters_combination</c>, <c>data_limit_exceeded</c>,
    /// <c>tariff_restrictions</c>, <c>error</c>, and every error that is not known.
    /// </summary>
    Rejected,
}
