using OrleansSync.EndToEnd.Outages;
using OrleansSync.EndToEnd.Restarts;
using OrleansSync.EndToEnd.Rules;
using OrleansSync.EndToEnd.Schedule;
using OrleansSync.EndToEnd.Services;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongWaitsFirst))]

namespace OrleansSync.EndToEnd.Services;

/// <summary>Begins with the classes that wait for a minute to pass or for a silo to count as dead: what computes fills the time.</summary>
public sealed class LongWaitsFirst : ITestCollectionOrderer
{
    private static readonly string[] _first = [.. new[]
    {
        typeof(ClusterScheduleTests), typeof(EmbeddedScheduleTests), typeof(DatabaseOutageTests), typeof(CareTests), typeof(CrashTests),
        typeof(RestartTests), typeof(RealPortalsTests),
    }.Select(type => type.FullName!)];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : Xunit.Sdk.ITestCollection => [.. testCollections.OrderBy(PlaceOf)];

    // A collection is called after its only class.
    private static int PlaceOf<TTestCollection>(TTestCollection collection)
        where TTestCollection : Xunit.Sdk.ITestCollection
    {
        var place = Array.FindIndex(_first, name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal));
        return place < 0 ? _first.Length : place;
    }
}
