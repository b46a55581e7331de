using Orleans.Concurrency;

namespace OrleansSync.Grains.Interfaces;

/// <summary>Adds up what all accounts do, for the operator's overview. Key: <see cref="GrainKeys.Activity"/>.</summary>
[Alias("IServiceActivityGrain")]
public interface IServiceActivityGrain : IGrainWithStringKey
{
    /// <summary>Notes a run that ended. Nobody waits for it, and one that is lost harms nothing but the overview.</summary>
    [Alias("Note"), OneWay]
    Task NoteAsync(FinishedRun run);

    /// <summary>What is known.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<ServiceActivity> GetAsync();
}
