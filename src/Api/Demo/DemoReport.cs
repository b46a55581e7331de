using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Api.Demo;

/// <summary>What the demo tells a person. It ends with what to do next, where it stays in sight.</summary>
internal sealed class DemoReport(JsonObject run, HttpClient client, Uri sandbox, string dataDirectory)
{
    /// <summary>How it went, and how to get in.</summary>
    public string InShort() => $"""

        {DemoSummary.Describe(run, sandbox)}

        {Invitation()}
        """;

    /// <summary>The same with what happened to each user, and with the API.</summary>
    public string Everything() => $"""

        {DemoTable.Describe(run)}
        {DemoSummary.Describe(run, sandbox)}

        {Addresses()}

        {Invitation()}
        """;

    private string Invitation() => $"""
        Open  {client.BaseAddress}
        Sign in with the operator's key  {client.DefaultRequestHeaders.Authorization!.Parameter}

        Ctrl+C stops the demo; the same command finds everything as it was.
        """;

    private string Addresses()
    {
        var root = client.BaseAddress!.AbsoluteUri.TrimEnd('/');
        var account = $"{root}/api/v1/accounts/{DemoSeed.Name}";
        return $"""
            The API
              reference     {root}/docs
              account       {account}
              this run      {account}/runs/{run["runId"]}
              not imported  {account}/employees?outcome=skipped
            with the operator's key, for example
              curl -H 'Authorization: {client.DefaultRequestHeaders.Authorization}' {account}
            and to import again
              curl -X POST -H 'Authorization: {client.DefaultRequestHeaders.Authorization}' '{account}/synchronize?wait=60'
            The data is in {dataDirectory}.
            """;
    }
}
