using OrleansSync.Api.Runs;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Api.Demo;

/// <summary>What the demo tells a person. It ends with what to do next, where it stays in sight.</summary>
/// <param name="run">The import.</param>
/// <param name="service">Where the service is reached.</param>
/// <param name="key">The operator's key.</param>
/// <param name="sandbox">Where the imitated vendors are reached.</param>
/// <param name="dataDirectory">Where the demo keeps its data.</param>
internal sealed class DemoReport(RunResponse run, Uri service, string key, Uri sandbox, string dataDirectory)
{
    private const string HowToStop = "Ctrl+C stops the demo; the same command finds everything as it was.";

    /// <summary>The link that signs in once; null where there is no terminal to show it on.</summary>
    public Uri? OneTimeLink { get; init; }

    private string Invitation => OneTimeLink is { } link
        ? $"""
            {HowToStop}
            Later sign in with the operator's key  {key}
            {Web.SignIn.OneTimeLink.Line(link)}
            """
        : $"""
            Open  {service}
            Sign in with the operator's key  {key}
            {HowToStop}
            """;

    /// <summary>How it went, and how to get in.</summary>
    public string InShort() => $"""
        {DemoSummary.Describe(run, sandbox)}
        {Invitation}
        """;

    /// <summary>The same with what happened to each user, and with the API.</summary>
    public string Everything()
    {
        var account = $"{service}api/v1/accounts/{DemoSeed.Name}";
        return $"""
            {DemoTable.Describe(run)}
            {DemoSummary.Describe(run, sandbox)}
            The API
              reference     {service}docs
              account       {account}
              this run      {account}/runs/{run.RunId}
              not imported  {account}/employees?outcome=skipped
            with the operator's key, for example
              curl -H 'Authorization: Bearer {key}' {account}
            and to import again
              curl -X POST -H 'Authorization: Bearer {key}' '{account}/synchronize?wait=60'
            The data is in {dataDirectory}.
            {Invitation}
            """;
    }
}
