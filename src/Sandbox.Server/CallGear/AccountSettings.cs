namespace OrleansSync.Sandbox.CallGear;

/// <summary>How one account behaves.</summary>
public sealed record AccountSettings
{
    /// <summary>The account's key. Null: one derived from the account's name, the same in every run.</summary>
    public string? AccessToken { get; init; }

    /// <summary>
    /// Key of an agent that manages this account; calls with it must bring <see cref="UserId"/>. Several accounts may share it.
    /// </summary>
    public string? AgentToken { get; init; }

    /// <summary>The account's number under its agent.</summary>
    public long UserId { get; init; }

    /// <summary>
    /// Mnemonic that every call with a key is refused with (<c>access_token_expired</c>, <c>access_token_blocked</c>, <c>auth_error</c>,
    /// …); null: none.
    /// </summary>
    public string? KeyProblem { get; init; }

    /// <summary>Whether the caller's address is on the white list; otherwise <c>ip_not_whitelisted</c>.</summary>
    public bool AddressWhitelisted { get; init; } = true;

    /// <summary>Whether the account works; otherwise <c>account_inactive</c>.</summary>
    public bool Active { get; init; } = true;

    /// <summary>Whether the key may only read; writes are then <c>forbidden</c>.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Methods that the plan lacks: <c>method_component_disabled</c>.</summary>
    public IReadOnlyList<string> DisabledMethods { get; init; } = [];

    /// <summary>
    /// Methods that the key has no right to, such as <c>update.employees</c>: <c>forbidden</c>. Rights on employees and on groups, and
    /// those to read, create and change, are granted apart.
    /// </summary>
    public IReadOnlyList<string> ForbiddenMethods { get; init; } = [];

    /// <summary>
    /// Parameters that the plan lacks: <c>parameter_component_disabled</c>. <c>email</c> is a parameter of any method,
    /// <c>update.group_employees:channels_count</c> of one, <c>phone_numbers.dial_time</c> one of a number, <c>fields.channels_count</c> a
    /// field that is asked for.
    /// </summary>
    public IReadOnlyList<string> DisabledParameters { get; init; } = [];

    /// <summary>Points a minute; null: no such limit.</summary>
    public int? MinuteLimit { get; init; }

    /// <summary>Points a day (UTC); null: no such limit.</summary>
    public int? DayLimit { get; init; }

    /// <summary>Employees that the plan allows; a further create is <c>tariff_restrictions</c>. Null: no such limit.</summary>
    public int? EmployeeLimit { get; init; }

    /// <summary>Whether a second employee with the same e-mail address (case-sensitive) is refused as <c>duplicate_entity</c>.</summary>
    public bool UniqueEmails { get; init; }

    /// <summary>Whether a number that another employee has is refused as <c>already_in_use</c>.</summary>
    public bool UniquePhoneNumbers { get; init; }

    /// <summary>Numbers that are refused as <c>invalid_parameter_value</c> although they consist of digits.</summary>
    public IReadOnlyList<string> RefusedPhoneNumbers { get; init; } = [];

    /// <summary>Seconds that a list takes for each thousand employees in it.</summary>
    public double SecondsPerThousand { get; init; }

    /// <summary>Seconds after which the front end ends a request with an HTML page and 504. Null: never.</summary>
    public double? FrontEndSeconds { get; init; }

    /// <summary>What a refusal says of what it refuses.</summary>
    public ErrorForm ErrorForm { get; init; }

    /// <summary>
    /// Whether a number's <c>dial_time</c> must be from 1 to 100 and its <c>channels_count</c> from 1 to 150 when they are sent, also where
    /// they are as they were; employees that the control API puts may have others.
    /// </summary>
    public bool StrictRanges { get; init; }

    /// <summary>
    /// With more employees than this, each list comes in another order, as with the vendor beyond one page of 10,000. Null: never.
    /// </summary>
    public int? UnstableOrderAbove { get; init; }

    /// <summary>Id of the first employee that is created.</summary>
    public long FirstEmployeeId { get; init; } = 900_001;
}
