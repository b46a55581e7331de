namespace OrleansSync.Api.Bodies;

/// <summary>Everything that is wrong with a request, by the path of the member or the name of the parameter.</summary>
internal sealed class BodyErrors
{
    private readonly SortedDictionary<string, List<BodyFault>> _byPath = new(StringComparer.Ordinal);

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsEmpty => _byPath.Count == 0;

    /// <summary>All faults, by path.</summary>
    public IEnumerable<(string Path, BodyFault Fault)> All => _byPath.SelectMany(pair => pair.Value.Select(fault => (pair.Key, fault)));

    /// <summary>Adds a fault.</summary>
    /// <param name="path">The member's path, such as <c>settings.phoneNumbers</c>.</param>
    /// <param name="fault">What is wrong with it.</param>
    public void Add(string path, BodyFault fault)
    {
        if (!_byPath.TryGetValue(path, out var faults))
        {
            _byPath.Add(path, faults = []);
        }

        faults.Add(fault);
    }

    /// <summary>Adds a fault that only programs can make.</summary>
    /// <param name="path">The member's path, such as <c>settings.phoneNumbers</c>.</param>
    /// <param name="message">What is wrong with it and what it should be; never repeats a secret.</param>
    public void Add(string path, string message) => Add(path, new BodyFault(FaultKind.Other, message));

    /// <summary>Adds a fault of an address that may not be reached.</summary>
    /// <param name="path">The member's path.</param>
    /// <param name="reason">Why not; null when it may.</param>
    public void AddRefused(string path, string? reason)
    {
        if (reason is not null)
        {
            Add(path, new BodyFault(FaultKind.AddressRefused, $"addressRefused: {reason}."));
        }
    }

    /// <summary>Adds a fault of a number that must be above zero.</summary>
    /// <param name="path">The member's path.</param>
    /// <param name="value">The number; null for none.</param>
    public void AddUnlessPositive(string path, long? value)
    {
        if (value <= 0)
        {
            Add(path, BodyFault.Positive);
        }
    }

    /// <summary>Whether a member is known to be wrong, so that there is no use in saying that it is missing too.</summary>
    public bool Has(string path) => _byPath.ContainsKey(path);

    /// <summary>The faults as an RFC 9457 problem lists them.</summary>
    public Dictionary<string, string[]> ToDictionary() =>
        _byPath.ToDictionary(pair => pair.Key, pair => pair.Value.Select(fault => fault.Message).ToArray(), StringComparer.Ordinal);
}
