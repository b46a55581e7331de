using System.Globalization;

namespace OrleansSync.CallGear.Responses;

/// <summary>The parameter that an error's field names.</summary>
/// <param name="Name">Its own name, without those of the objects around it.</param>
/// <param name="Index">Its place, from 0, in the list that it is part of; null where none is named.</param>
public sealed record ParameterPath(string Name, int? Index)
{
    /// <summary>Reads <c>phone_numbers[1].dial_time</c>, with or without the place, or with it between dots; null for no name.</summary>
    public static ParameterPath? Parse(string? field)
    {
        string? name = null;
        int? index = null;
        var parts = field?.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        foreach (var part in parts)
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var place))
            {
                index = place;
            }
            else
            {
                name = part;
            }
        }

        return name is null ? null : new ParameterPath(name, index);
    }
}
