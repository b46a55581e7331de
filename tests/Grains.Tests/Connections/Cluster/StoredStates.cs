using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Storage;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Tests.Connections.Cluster;

/// <summary>Keeps states in memory as the JSON they are stored as, tells of every write, and fails on demand.</summary>
internal sealed class StoredStates : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), (string Json, int Version)> _states = new();
    private readonly ConcurrentDictionary<(string State, string Key), ReadOutage> _unreadable = new();
    private int _failures;

    /// <summary>Is told of a write before it is made: the state's name and its JSON.</summary>
    public Action<string, string>? Writing { get; set; }

    /// <summary>Is told of a write after it was made: the state's name and the grain's key.</summary>
    public Action<string, string>? Written { get; set; }

    /// <summary>Lets the next writes fail.</summary>
    public void FailWrites(int count) => _failures = count;

    /// <summary>Lets a state be unreadable until the outage is disposed of.</summary>
    public ReadOutage FailReads(string state, string key) =>
        _unreadable[(state, key)] = new ReadOutage(() => _unreadable.TryRemove((state, key), out _));

    /// <summary>The JSON that is stored; null when there is none.</summary>
    public string? JsonOf(string state, string key) =>
        _states.Where(entry => entry.Key.State == state && entry.Key.Grain.Key.ToString() == key)
            .Select(entry => entry.Value.Json)
            .SingleOrDefault();

    /// <summary>Lets a state be written by somebody else, as another activation of the grain would.</summary>
    public void WriteByAnother(string state, string key)
    {
        var (grain, stored) = _states.Single(entry => entry.Key.State == state && entry.Key.Grain.Key.ToString() == key);
        _states[grain] = stored with { Version = stored.Version + 1 };
    }

    /// <summary>Whether anything is stored of a grain or of one whose key continues its key.</summary>
    public bool HasAny(string key) => _states.Keys.Any(entry => $"{entry.Grain.Key}/".StartsWith($"{key}/", StringComparison.Ordinal));

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_unreadable.TryGetValue((stateName, grainId.Key.ToString()!), out var outage))
        {
            outage.Fail();
        }

        grainState.RecordExists = _states.TryGetValue((stateName, grainId), out var found);
        grainState.State = grainState.RecordExists
            ? JsonSerializer.Deserialize<T>(found.Json, GrainStateJson.Options)!
            : Activator.CreateInstance<T>();
        grainState.ETag = grainState.RecordExists ? found.Version.ToString(CultureInfo.InvariantCulture) : null;
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_failures > 0)
        {
            _failures--;
            throw new IOException("The database is away.");
        }

        var json = JsonSerializer.Serialize(grainState.State, GrainStateJson.Options);
        Writing?.Invoke(stateName, json);
        var version = _states.TryGetValue((stateName, grainId), out var found) ? found.Version : 0;
        if (grainState.ETag != (version == 0 ? null : version.ToString(CultureInfo.InvariantCulture)))
        {
            throw new InconsistentStateException("Somebody else wrote.");
        }

        _states[(stateName, grainId)] = (json, version + 1);
        grainState.ETag = (version + 1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
        Written?.Invoke(stateName, grainId.Key.ToString()!);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _states.TryRemove((stateName, grainId), out _);
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
        return Task.CompletedTask;
    }
}
