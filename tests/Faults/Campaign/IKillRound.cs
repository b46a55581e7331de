namespace OrleansSync.Faults.Campaign;

/// <summary>A part of a campaign that one seed decides, as far as it can be decided.</summary>
internal interface IKillRound
{
    /// <summary>Does it: kills, waits until all has come to rest, and checks.</summary>
    /// <param name="points">Kills wanted at most.</param>
    Task<CampaignResult> RunAsync(int points);
}
