using System.Collections.Concurrent;
using Orleans.Metadata;
using Orleans.Serialization.TypeSystem;

namespace OrleansSync.Hosting.Clustering;

/// <summary>
/// What Orleans calls the interfaces of grains. It finds that out by reflection each time a grain is referred to, which an import does
/// twice for each employee; this remembers it.
/// </summary>
/// <param name="services">The services of the silo or client.</param>
/// <param name="names">How Orleans writes the names of types.</param>
internal sealed class KnownInterfaceTypes(IServiceProvider services, TypeConverter names) : IGrainInterfaceTypeProvider
{
    private readonly ConcurrentDictionary<Type, GrainInterfaceType> _known = new();
    private readonly GrainInterfaceTypeResolver _resolver = new([new AttributeGrainInterfaceTypeProvider(services)], names);

    /// <summary>Has a silo or client ask it before all others.</summary>
    public static void AddTo(IServiceCollection services) =>
        services.Insert(0, ServiceDescriptor.Singleton<IGrainInterfaceTypeProvider, KnownInterfaceTypes>());

    /// <inheritdoc />
    public bool TryGetGrainInterfaceType(Type type, out GrainInterfaceType grainInterfaceType)
    {
        grainInterfaceType = _known.GetOrAdd(type, _resolver.GetGrainInterfaceType);
        return true;
    }
}
