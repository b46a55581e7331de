using System.Collections.Immutable;

namespace OrleansSync.Grains.Interfaces;

/// <summary>Keeps the changes of one run that had any. Key: <see cref="GrainKeys.Run"/>.</summary>
[Alias("IRunGrain")]
public interface IRunGrain : IGrainWithStringKey
{
    /// <summary>Stores the changes; a second call replaces them.</summary>
    [Alias("Store")]
    Task StoreAsync([Immutable] ImmutableArray<RunChange> changes);

    /// <summary>The changes from an index on.</summary>
    /// <param name="skip">How many to leave out.</param>
    [Alias("GetChanges")]
    Task<ImmutableArray<RunChange>> GetChangesAsync(int skip);

    /// <summary>Erases the changes.</summary>
    [Alias("Clear")]
    Task ClearAsync();
}
