using System.Text.Json.Serialization;

namespace OrleansSync.Sandbox.CallGear;

/// <summary>One employee of an account, by the vendor's names.</summary>
public sealed record Employee
{
    /// <summary>The vendor's id; 0 in input: the next free one.</summary>
    [JsonPropertyName("id")]
    public long Id { get; init; }

    /// <summary>First name or null.</summary>
    [JsonPropertyName("first_name")]
    public string? FirstName { get; init; }

    /// <summary>Last name. The API asks for one, but data from elsewhere may lack it.</summary>
    [JsonPropertyName("last_name")]
    public string? LastName { get; init; }

    /// <summary>Patronymic or null.</summary>
    [JsonPropertyName("patronymic")]
    public string? Patronymic { get; init; }

    /// <summary>E-mail address or null, in the case in which it was given.</summary>
    [JsonPropertyName("email")]
    public string? Email { get; init; }

    /// <summary>Numbers in dialling order.</summary>
    [JsonPropertyName("phone_numbers")]
    public IReadOnlyList<PhoneNumber> PhoneNumbers { get; init; } = [];

    /// <summary>Whether the employee was created by the API, not by a seed or the control API.</summary>
    [JsonPropertyName("created_by_api")]
    public bool CreatedByApi { get; init; }

    internal string FullName => string.Join(' ', new[] { LastName, FirstName, Patronymic }.Where(n => !string.IsNullOrWhiteSpace(n)));
}
