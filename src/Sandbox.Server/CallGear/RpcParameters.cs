using System.Text.Json;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>
/// Strict access to the members of one object of a request: unknown members, wrong types and missing values are refused as the vendor does.
/// </summary>
internal readonly struct RpcParameters
{
    private readonly JsonElement _object;
    private readonly string _path;

    /// <summary>Wraps an object, after making sure that it has no members but the known ones.</summary>
    /// <exception cref="RpcException">It is not an object, or it has others.</exception>
    public RpcParameters(JsonElement value, string path, params ReadOnlySpan<string> known)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new RpcException("data_type_error", $"{path} must be an object", path, value);
        }

        _object = value;
        _path = path;
        foreach (var member in value.EnumerateObject())
        {
            if (!known.Contains(member.Name))
            {
                throw new RpcException("unexpected_parameters", $"Unexpected parameter: {PathOf(member.Name)}", PathOf(member.Name));
            }
        }
    }

    /// <summary>The member, if it is there; a null is there.</summary>
    public bool TryGet(string name, out JsonElement value) => _object.TryGetProperty(name, out value);

    /// <summary>The member that must be there and must not be null.</summary>
    public JsonElement Required(string name) => TryGet(name, out var value) && value.ValueKind != JsonValueKind.Null
        ? value
        : throw new RpcException("required_parameter_missed", $"Required parameter is missing: {PathOf(name)}", PathOf(name));

    /// <summary>A string that must be there and must not be blank.</summary>
    public string RequiredText(string name, int maxLength)
    {
        var text = TextOf(Required(name), name, maxLength);
        return string.IsNullOrWhiteSpace(text)
            ? throw new RpcException("required_parameter_missed", $"Required parameter is empty: {PathOf(name)}", PathOf(name))
            : text;
    }

    /// <summary>A string; null when it is null or empty, <paramref name="absent"/> when it is not there.</summary>
    public string? Text(string name, int maxLength, string? absent) => !TryGet(name, out var value) ? absent
        : value.ValueKind == JsonValueKind.Null ? null
        : TextOf(value, name, maxLength) is { Length: > 0 } text ? text : null;

    /// <summary>A whole number that must be there.</summary>
    public long RequiredNumber(string name, long min, long max) => NumberOf(Required(name), name, min, max);

    /// <summary>A whole number.</summary>
    public long Number(string name, long absent, long min, long max) =>
        TryGet(name, out var value) && value.ValueKind != JsonValueKind.Null ? NumberOf(value, name, min, max) : absent;

    /// <summary>The members of an array; null when it is not there or null.</summary>
    public JsonElement[]? Array(string name)
    {
        if (!TryGet(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()]
            : throw new RpcException("data_type_error", $"{PathOf(name)} must be an array", PathOf(name), value);
    }

    /// <summary>A whole number that is a member of an array.</summary>
    public long NumberOf(JsonElement value, string name, long min, long max)
    {
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number))
        {
            throw new RpcException("data_type_error", $"{PathOf(name)} must be a whole number", PathOf(name), value);
        }

        return number >= min && number <= max
            ? number
            : throw new RpcException("invalid_parameter_value", $"{PathOf(name)} must be from {min} to {max}", PathOf(name), value);
    }

    /// <summary>The name of a member with the names of the objects around it.</summary>
    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private string TextOf(JsonElement value, string name, int maxLength)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw new RpcException("data_type_error", $"{PathOf(name)} must be a string", PathOf(name), value);
        }

        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // JSON can escape half of a surrogate pair, which is no text.
            throw new RpcException("invalid_parameter_value", $"{PathOf(name)} is not valid text", PathOf(name));
        }

        var length = text.EnumerateRunes().Count();
        return length <= maxLength
            ? text
            : throw new RpcException(
                "invalid_parameter_value", $"{PathOf(name)} is longer than {maxLength} characters", PathOf(name), value);
    }
}
