using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Faults;

/// <summary>One fault: where it strikes, when, and what it does.</summary>
public sealed record Fault
{
    /// <summary>What goes wrong.</summary>
    public required FaultKind Kind { get; init; }

    /// <summary>Vendor that it strikes; null: both.</summary>
    public Vendor? Vendor { get; init; }

    /// <summary>Portal or account that it strikes; null: all.</summary>
    public string? Target { get; init; }

    /// <summary>
    /// Method that it strikes (<c>user.get</c>, <c>batch</c>, <c>oauth.token</c>, <c>create.employees</c>, …); null: all.
    /// </summary>
    public string? Method { get; init; }

    /// <summary>Only commands at this place of a batch, from 1; null: at any.</summary>
    public int? Command { get; init; }

    /// <summary>Only requests in whose CallGear parameters some string contains this.</summary>
    public string? ParameterContains { get; init; }

    /// <summary>Matching requests that are let through first.</summary>
    public int Skip { get; init; }

    /// <summary>Strikes every so many matching requests; 1: each.</summary>
    public int Every { get; init; } = 1;

    /// <summary>Strikes so often at most; null: without end.</summary>
    public int? Times { get; init; }

    /// <summary>Share of the requests that are struck, 0 to 1; null: all.</summary>
    public double? Probability { get; init; }

    /// <summary>Seed of <see cref="Probability"/>.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Whether the method is carried out before things go wrong: the change was made, but its answer is lost.</summary>
    public bool Executed { get; init; }

    /// <summary>Bitrix24's error code or CallGear's mnemonic.</summary>
    public string? Code { get; init; }

    /// <summary>HTTP status; null: the one that goes with the code or kind.</summary>
    public int? Status { get; init; }

    /// <summary>Text for people; null: the usual one.</summary>
    public string? Message { get; init; }

    /// <summary>For CallGear: the field that the error names.</summary>
    public string? Field { get; init; }

    /// <summary>Bytes or members, as <see cref="FaultKind"/> says.</summary>
    public int? Amount { get; init; }

    /// <summary>Delay in seconds.</summary>
    public double DelaySeconds { get; init; }

    /// <summary>Where a redirect leads.</summary>
    public string Location { get; init; } = "http://127.0.0.1:9/elsewhere";

    internal bool IsDelay => Kind is FaultKind.Latency or FaultKind.Hold;

    internal bool IsListFault => Kind is FaultKind.EmptyList or FaultKind.LostItems or FaultKind.UnorderedIds or FaultKind.ShiftingTotal;

    /// <summary>Whether the method has to be carried out, because the fault spoils its answer or is told to come after it.</summary>
    internal bool RunsMethod => Executed || Kind is FaultKind.HugeBody or FaultKind.CutOff or FaultKind.Truncated or FaultKind.MalformedJson
        or FaultKind.InvalidUtf8;
}
