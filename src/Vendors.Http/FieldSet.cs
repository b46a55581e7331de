using System.Text.Json;

namespace OrleansSync.Vendors.Http;

/// <summary>Which fields of an object were there, by their places among those that are read, 0 to 31.</summary>
public struct FieldSet
{
    private uint _places;

    /// <summary>Whether a field was there.</summary>
    public readonly bool Has(int place) => (_places & (1u << place)) != 0;

    /// <summary>Adds a field.</summary>
    /// <param name="place">Its place; negative for a field that is not read.</param>
    /// <exception cref="JsonException">It was there before: which of the two is meant cannot be told.</exception>
    public void Add(int place)
    {
        if (place >= 0)
        {
            _places = Has(place) ? throw new JsonException("A field is named twice.") : _places | (1u << place);
        }
    }
}
