namespace OrleansSync.Faults.Invariants;

/// <summary>Whether interrupted runs were taken up again, and how soon.</summary>
internal static class TakeUp
{
    /// <summary>What is promised.</summary>
    public static readonly TimeSpan Promise = TimeSpan.FromMinutes(2);

    /// <summary>What is wrong with the runs.</summary>
    public static IEnumerable<Violation> Check(ImportEvidence evidence)
    {
        foreach (var run in evidence.Runs.Where(run => !run.IsFinished))
        {
            yield return new(ViolationKind.NotTakenUp, $"run {run.RunId} ({run.Trigger}) has not ended");
        }

        foreach (var run
            in evidence.Runs.Where(run => run.Error?.Code == "interrupted" && !evidence.Runs.Any(later => IsInPlaceOf(later, run))))
        {
            yield return new(ViolationKind.NotTakenUp, $"no run took the place of run {run.RunId}, which ended with: {run.Error!.Message}");
        }

        foreach (var (interruption, delay) in Delays(evidence))
        {
            if (delay is null || delay > Promise)
            {
                yield return new(
                    ViolationKind.NotTakenUp, $"after the end of its process at {interruption.At:O} the account was taken up "
                        + $"{(delay is null ? "never" : $"in {delay}")}");
            }
        }
    }

    /// <summary>
    /// The time from each interruption to the start of the next run, or null where there is none. One that came before the run that an
    /// earlier one had made necessary stands for both, because that run could not start before it.
    /// </summary>
    public static IEnumerable<(Interruption Interruption, TimeSpan? Delay)> Delays(ImportEvidence evidence)
    {
        var starts = evidence.Runs.Select(run => run.StartedAt).OfType<DateTimeOffset>().Order().ToArray();
        var interruptions = evidence.Interruptions.OrderBy(interruption => interruption.At).ToArray();
        for (var index = 0; index < interruptions.Length; index++)
        {
            var (at, counted) = interruptions[index];
            DateTimeOffset? start = starts.Where(moment => moment > at).Select(moment => (DateTimeOffset?)moment).FirstOrDefault();
            var isRepeated = index + 1 < interruptions.Length && (start is null || interruptions[index + 1].At < start);
            if (!isRepeated)
            {
                yield return (interruptions[index], start - counted);
            }
        }
    }

    private static bool IsInPlaceOf(Testing.Client.Run later, Testing.Client.Run interrupted) =>
        later.Trigger == "resumed" && later.RequestedAt >= interrupted.RequestedAt && later.RunId != interrupted.RunId;
}
