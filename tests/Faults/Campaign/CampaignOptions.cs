using System.Globalization;
using OrleansSync.Testing.Services;

namespace OrleansSync.Faults.Campaign;

/// <summary>What a kill campaign does.</summary>
/// <param name="Kind">How the product runs.</param>
/// <param name="Seed">What everything is derived from; round n of a campaign is round 0 of the seed n further on.</param>
/// <param name="Points">Kills that count before it ends.</param>
internal sealed record CampaignOptions(ServiceKind Kind, int Seed, int Points)
{
    /// <summary>What the kills fall into.</summary>
    public Trial Trial { get; init; }

    /// <summary>Accounts of a round.</summary>
    public int AccountsARound { get; init; } = 8;

    /// <summary>
    /// Groups of a round's accounts: those of a group are imported for the first time together, and each group has its share of the kills.
    /// </summary>
    public int GroupsARound { get; init; } = 1;

    /// <summary>Kills in one round at most: of an account's run no more than it is taken up after.</summary>
    public int PointsARound { get; init; } = 3;

    /// <summary>
    /// Whether changes of accounts are killed before anybody is created, and accounts are small: creates that a kill leaves open are waited
    /// for for half a minute.
    /// </summary>
    public bool IsBrief { get; init; }

    /// <summary>Services that do rounds side by side.</summary>
    public int Lanes { get; init; } = 1;

    /// <summary>Every so many rounds nobody asks for anything after a kill: the service has to come back by itself.</summary>
    public int RoundsBetweenUnattended { get; init; } = 8;

    /// <summary>A campaign as the command line asks for it, by way of the environment.</summary>
    /// <param name="kind">How the product runs.</param>
    /// <param name="points">Points when nothing is asked for.</param>
    public static CampaignOptions FromEnvironment(ServiceKind kind, int points) =>
        new(kind, Number("ORLEANSSYNC_FAULTS_SEED", 1), Number("ORLEANSSYNC_FAULTS_POINTS", points))
        {
            Lanes = Number("ORLEANSSYNC_FAULTS_LANES", 4),

            // The others go on while one silo is down, and would have nothing left to do when it is back.
            AccountsARound = kind == ServiceKind.Cluster ? 20 : 8,
            GroupsARound = kind == ServiceKind.Cluster ? 5 : 1,
            PointsARound = kind == ServiceKind.Cluster ? 5 : 3,
        };

    /// <summary>A campaign of kills in the middle of something else than a first import, as the command line asks for it.</summary>
    /// <param name="trial">What the kills fall into.</param>
    /// <param name="kind">How the product runs.</param>
    /// <param name="points">Points when nothing is asked for.</param>
    public static CampaignOptions FromEnvironment(Trial trial, ServiceKind kind, int points) => FromEnvironment(kind, points) with
    {
        Trial = trial,
        PointsARound = 1,
        AccountsARound = 6,
        GroupsARound = 1,
        Lanes = Number("ORLEANSSYNC_FAULTS_LANES", 2),
    };

    /// <summary>How the campaign is called where it is asked for.</summary>
    public string Name => (Trial, Kind) switch
    {
        (Trial.FirstImport, ServiceKind.Embedded) => "embedded",
        (Trial.FirstImport, _) => "cluster",
        (_, ServiceKind.Embedded) => TrialName,
        _ => TrialName + "-cluster",
    };

    private string TrialName => Trial switch
    {
        Trial.Disconnect => "disconnect",
        Trial.Connect => "connect",
        Trial.Update => "update",
        _ => "batch",
    };

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : otherwise;
}
