namespace OrleansSync.Api.Tests.Authorization;

/// <summary>Whom an endpoint serves.</summary>
internal enum Access
{
    /// <summary>Everybody.</summary>
    Open,

    /// <summary>Every caller with a key or token.</summary>
    AnyKey,

    /// <summary>The operator, and the callers of the account in the address.</summary>
    Account,

    /// <summary>The operator.</summary>
    Operator,
}

/// <summary>One endpoint of the access matrix.</summary>
/// <param name="Endpoint">Its method and address, as it is mapped.</param>
/// <param name="Access">Whom it serves.</param>
/// <param name="Served">The status for those whom it serves, in the situation that the test makes.</param>
internal sealed record AccessRow(string Endpoint, Access Access, int Served)
{
    private const string Base = "/api/v1/accounts";
    private const string One = Base + "/{accountId}";

    /// <summary>Every endpoint. One that is missing here fails a test.</summary>
    public static IReadOnlyList<AccessRow> All { get; } =
    [
        new("GET /docs/favicon.svg", Access.Open, 200),
        new("GET /docs/scalar.aspnetcore.js", Access.Open, 200),
        new("GET /docs/scalar.js", Access.Open, 200),
        new("GET /docs/{documentName?}", Access.Open, 200),
        new("GET /health/live", Access.Open, 200),
        new("GET /health/ready", Access.Open, 200),
        new("GET /openapi/{documentName}.json", Access.Open, 200),

        // Its key is in the body, and there is none here.
        new("POST /webhooks/bitrix24/{accountId}", Access.Open, 401),

        new("GET /metrics", Access.Operator, 200),
        new($"GET {Base}", Access.AnyKey, 200),
        new("POST /api/v1/verify", Access.Operator, 200),
        new($"PUT {One}", Access.Operator, 200),
        new($"GET {One}", Access.Account, 200),
        new($"DELETE {One}", Access.Operator, 204),
        new($"PATCH {One}/settings", Access.Account, 200),
        new($"GET {One}/keys", Access.Operator, 200),
        new($"POST {One}/keys", Access.Operator, 201),
        new($"DELETE {One}/keys/{{keyId}}", Access.Operator, 204),
        new($"POST {One}/synchronize", Access.Account, 202),
        new($"GET {One}/runs", Access.Account, 200),
        new($"GET {One}/runs/{{runId}}", Access.Account, 200),

        // A stream of a run that is not there: one that is there would not end.
        new($"GET {One}/runs/{{runId}}/events", Access.Account, 404),
        new($"POST {One}/runs/{{runId}}/approve", Access.Account, 202),
        new($"GET {One}/employees", Access.Account, 200),
        new($"GET {One}/employees/{{bitrixUserId:long}}", Access.Account, 404),
        new($"GET {One}/responsible-employees", Access.Account, 200),
        new($"PUT {One}/responsible-employees/{{bitrixUserId:long}}", Access.Account, 204),
        new($"DELETE {One}/responsible-employees/{{bitrixUserId:long}}", Access.Account, 204),
        new($"GET {One}/audit", Access.Account, 200),
    ];

    /// <summary>The method.</summary>
    public string Method => Endpoint.Split(' ')[0];

    /// <summary>Whether the address names an account.</summary>
    public bool NamesAccount => Endpoint.Contains("{accountId}", StringComparison.Ordinal);

    /// <summary>The address for an account.</summary>
    /// <param name="accountId">The account.</param>
    public string AddressFor(string accountId) => Endpoint.Split(' ')[1]
        .Replace("{accountId}", accountId, StringComparison.Ordinal)
        .Replace("{bitrixUserId:long}", "7", StringComparison.Ordinal)
        .Replace("{runId}", "run-9", StringComparison.Ordinal)
        .Replace("{keyId}", "0123456789abcdef", StringComparison.Ordinal)
        .Replace("{documentName?}", "", StringComparison.Ordinal)
        .Replace("{documentName}", "v1", StringComparison.Ordinal);
}
