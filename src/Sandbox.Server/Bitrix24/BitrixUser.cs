using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Bitrix24;

/// <summary>
/// One user of a portal, as <c>user.get</c> answers it: what <see cref="Fields"/> does not hold is missing in the answer, and so is a
/// null unless <see cref="PortalSettings.AnswersNulls"/>. Immutable.
/// </summary>
public sealed class BitrixUser
{
    private BitrixUser(int id, ImmutableArray<KeyValuePair<string, JsonNode?>> fields)
    {
        Id = id;
        Fields = fields;
    }

    /// <summary>The user's number, above 0.</summary>
    public int Id { get; }

    /// <summary>The vendor's fields in the order in which they are answered, <c>ID</c> (a string of digits) first.</summary>
    public ImmutableArray<KeyValuePair<string, JsonNode?>> Fields { get; }

    /// <summary>Makes an active employee with the usual shapes: empty strings where nothing is given, one department.</summary>
    public static BitrixUser Employee(
        int id,
        string? firstName,
        string? lastName,
        string? email,
        string? workPhone = "",
        string? personalMobile = "",
        string? personalPhone = "",
        string? secondName = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id);
        return new BitrixUser(id,
        [
            new("ID", id.ToString(CultureInfo.InvariantCulture)),
            new("ACTIVE", true),
            new("NAME", firstName),
            new("LAST_NAME", lastName),
            new("SECOND_NAME", secondName),
            new("EMAIL", email),
            new("TIMESTAMP_X", "2026-01-15T10:00:00+03:00"),
            new("PERSONAL_PHONE", personalPhone),
            new("PERSONAL_MOBILE", personalMobile),
            new("WORK_PHONE", workPhone),
            new("UF_DEPARTMENT", new JsonArray(1)),
            new("USER_TYPE", "employee"),
        ]);
    }

    /// <summary>Makes a user of fields in the vendor's shape. <c>ID</c> may be a number or a string of digits.</summary>
    /// <exception cref="FormatException"><c>ID</c> is missing or is not a number above 0.</exception>
    public static BitrixUser FromJson(JsonObject fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        var text = fields["ID"]?.ToString();
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == 0)
        {
            throw new FormatException("A user needs ID: a number above 0.");
        }

        IEnumerable<KeyValuePair<string, JsonNode?>> all = [new("ID", id.ToString(CultureInfo.InvariantCulture)),
            .. fields.Where(f => f.Key != "ID")
                .Select(f => new KeyValuePair<string, JsonNode?>(f.Key, VendorText.Held(f.Value?.DeepClone())))];
        return new BitrixUser(id, [.. all]);
    }

    /// <summary>The user with one field set; a null is a field without a value.</summary>
    public BitrixUser With(string field, JsonNode? value)
    {
        ArgumentException.ThrowIfNullOrEmpty(field);
        var entry = new KeyValuePair<string, JsonNode?>(field, VendorText.Held(value?.Parent is null ? value : value.DeepClone()));
        var index = IndexOf(field);
        return new BitrixUser(Id, index < 0 ? Fields.Add(entry) : Fields.SetItem(index, entry));
    }

    /// <summary>The user without one field, which is then missing in answers.</summary>
    public BitrixUser Without(string field)
    {
        var index = IndexOf(field);
        return index < 0 ? this : new BitrixUser(Id, Fields.RemoveAt(index));
    }

    /// <summary>The dismissed user: <c>ACTIVE</c> is false.</summary>
    public BitrixUser Dismissed() => With("ACTIVE", false);

    /// <summary>The field's value; false when it is missing.</summary>
    public bool TryGet(string field, out JsonNode? value)
    {
        var index = IndexOf(field);
        value = index < 0 ? null : Fields[index].Value;
        return index >= 0;
    }

    /// <summary>The field as text, or null when it is missing or not a string.</summary>
    public string? Text(string field) =>
        TryGet(field, out var value) && value is JsonValue json && json.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The user in the vendor's shape.</summary>
    public JsonObject ToJson() => new(Fields.Select(f => new KeyValuePair<string, JsonNode?>(f.Key, f.Value?.DeepClone())));

    internal void Write(Utf8JsonWriter writer, Func<string, bool> visible, bool withNulls)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in Fields)
        {
            if (!visible(name) || (value is null && !withNulls))
            {
                continue;
            }

            writer.WritePropertyName(name);
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else if (value is JsonValue json && json.TryGetValue<string>(out var text))
            {
                VendorText.Write(writer, text);
            }
            else
            {
                value.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    private int IndexOf(string field)
    {
        for (var i = 0; i < Fields.Length; i++)
        {
            if (Fields[i].Key == field)
            {
                return i;
            }
        }

        return -1;
    }
}
