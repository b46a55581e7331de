using System.Reflection;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Tests.Storage;

/// <summary>A stored state is found by its name and the grain's key alone, whatever the grain's class.</summary>
public sealed class StateNamesTests
{
    private static readonly (string Name, Type State)[] _states =
    [
        .. typeof(GrainStateJson).Assembly.GetTypes()
            .Where(type => typeof(Grain).IsAssignableFrom(type))
            .SelectMany(type => type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.GetCustomAttribute<PersistentStateAttribute>() is not null)
            .Select(parameter => (
                parameter.GetCustomAttribute<PersistentStateAttribute>()!.StateName,
                parameter.ParameterType.GetGenericArguments().Single())),
    ];

    [Fact]
    public void States_OfAllGrains_HaveNamesOfTheirOwn() =>
        Assert.Equal(_states.Length, _states.Select(state => state.Name).Distinct().Count());

    [Fact]
    public void States_OfAllGrains_HaveGeneratedMetadata()
    {
        Assert.NotEmpty(_states);
        Assert.All(_states, state => Assert.NotNull(GrainStateJson.Options.GetTypeInfo(state.State)));
    }

    [Fact]
    public void States_OfAllGrains_HaveAFormatThatIsWrittenDown() =>
        Assert.Equal(
            _states.Select(state => state.Name).Append(StateSamples.Account).Append(StateSamples.Connection).Order(),
            StateSamples.All.Keys.Order());
}
