namespace OrleansSync.Grains.Admission;

/// <summary>A request for a permit. Belongs to the limiter that it waits in.</summary>
/// <param name="isUrgent">Whether to go before those that are not urgent.</param>
/// <param name="patience">How long to wait at most, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
internal class PermitRequest(bool isUrgent, TimeSpan patience)
{
    /// <summary>Whether a person waits. Stays as it is once the permit is granted.</summary>
    public bool IsUrgent { get; internal set; } = isUrgent;

    /// <summary>How long it waits at most.</summary>
    public TimeSpan Patience { get; } = patience;

    /// <summary>When it has waited for so long, on the limiter's clock.</summary>
    internal TimeSpan Deadline { get; set; }

    /// <summary>Whether it was granted.</summary>
    internal TaskCompletionSource<bool> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
