using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansSync.Api.Parameters;
using OrleansSync.Api.Problems;

namespace OrleansSync.Api.Bodies;

/// <summary>
/// Reads a JSON body, bounded in size and depth, by the serializer and the rules of its contract. The framework's own binding stops at the
/// first fault and answers a bare 400; here a faulty member is named and struck out, and the rest read again, so that one answer tells all
/// that is wrong.
/// </summary>
internal static class JsonBody
{
    /// <summary>The most bytes a body may have. The largest sensible account is a hundredth of it.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The deepest nesting a body may have; an account needs three.</summary>
    private const int MaxDepth = 8;

    /// <summary>The most faults that are named: each costs reading the body once more.</summary>
    private const int MaxFaults = 32;

    /// <summary>Reads the body.</summary>
    /// <typeparam name="T">Its contract; every member may be missing.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="contract">How the members are read.</param>
    /// <param name="errors">Where faults go.</param>
    /// <param name="path">The path under which faults name the members, such as <c>settings.</c>; empty for that of the body.</param>
    /// <param name="mediaType">What the body must be.</param>
    /// <returns>The well-formed members, or the answer when there is no telling members apart.</returns>
    public static async Task<JsonBody<T>> ReadAsync<T>(
        HttpRequest request, JsonTypeInfo<T> contract, BodyErrors errors, string path = "", string mediaType = "application/json")
        where T : class
    {
        if (!IsJson(request, mediaType))
        {
            return new(null, null, ApiProblem.UnsupportedMediaType(mediaType));
        }

        if (await BoundedBody.ReadAsync(request, MaxBytes, request.HttpContext.RequestAborted) is not { } bytes)
        {
            return new(null, null, ApiProblem.TooLarge(MaxBytes));
        }

        try
        {
            return Read(bytes, contract, errors, path);
        }
        catch (JsonException exception)
        {
            return new(null, null, ApiProblem.MalformedJson(bytes.Length == 0
                ? "it is empty."
                : $"the fault is in line {exception.LineNumber + 1}, at byte {exception.BytePositionInLine + 1} of that line "
                    + $"(or objects are nested more than {MaxDepth} deep there)."));
        }
        catch (InvalidOperationException)
        {
            // How the reader refuses half of a surrogate pair.
            return new(null, null, ApiProblem.MalformedJson("a member's name or text is not valid Unicode."));
        }
    }

    private static JsonBody<T> Read<T>(byte[] json, JsonTypeInfo<T> contract, BodyErrors errors, string path)
        where T : class
    {
        if (!Utf8.IsValid(json))
        {
            return new(null, null, ApiProblem.MalformedJson("it is not UTF-8."));
        }

        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = MaxDepth });
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            return new(null, null, ApiProblem.MalformedJson("it must be an object."));
        }

        // The serializer could refuse these too, but nothing can be struck out of an object while there is no telling which of the two is
        // meant.
        foreach (var repeated in Repeated(document.RootElement, path))
        {
            errors.Add(repeated, "is given more than once.");
        }

        var members = JsonObject.Create(document.RootElement.Clone())!;
        return errors.IsEmpty && ReadStriking(json, members, contract, errors, path) is { } body
            ? new(body, members, null)
            : new(null, null, ApiProblem.Invalid(errors));
    }

    private static T? ReadStriking<T>(byte[] json, JsonObject body, JsonTypeInfo<T> contract, BodyErrors errors, string path)
        where T : class
    {
        for (var faults = 0; faults < MaxFaults; faults++)
        {
            try
            {
                return JsonSerializer.Deserialize(json, contract);
            }
            catch (JsonException fault)
            {
                Strike(body, contract, path, fault.Path!, errors);
                json = Encoding.UTF8.GetBytes(body.ToJsonString());
            }
        }

        return null;
    }

    private static IEnumerable<string> Repeated(JsonElement value, string path) => value.ValueKind != JsonValueKind.Object
        ? []
        : value.EnumerateObject().GroupBy(member => member.Name).SelectMany(group =>
            group.Count() > 1 ? [path + group.Key] : Repeated(group.First().Value, $"{path}{group.Key}."));

    /// <summary>
    /// Takes the member out that the serializer could not read, and says what it should be. Never repeats its value, which may be a secret.
    /// </summary>
    private static void Strike(JsonObject owner, JsonTypeInfo contract, string path, string jsonPath, BodyErrors errors)
    {
        var rest = jsonPath[1..];
        while (contract.Properties.FirstOrDefault(known => rest.StartsWith($".{known.Name}.", StringComparison.Ordinal)
            || rest.StartsWith($".{known.Name}[", StringComparison.Ordinal)) is { } parent)
        {
            (owner, contract) = (owner[parent.Name]!.AsObject(), contract.Options.GetTypeInfo(parent.PropertyType));
            (path, rest) = ($"{path}{parent.Name}.", rest[(parent.Name.Length + 1)..]);
        }

        var name = rest is ['[', '\'', .. var quoted, '\'', ']'] ? quoted : rest[1..];
        errors.Add(path + name, contract.Properties.FirstOrDefault(known => known.Name == name) is { } member
            ? $"must be {Describe(Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType)}."
            : $"is not known here. Known are: {string.Join(", ", contract.Properties.Select(known => known.Name))}.");
        if (!owner.Remove(name))
        {
            throw new UnreachableException($"The serializer found a fault where no member is: {jsonPath}");
        }
    }

    private static string Describe(Type type) =>
        type == typeof(string) ? "a text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) || type == typeof(long) ? "a whole number"
        : type.IsEnum ? "one of " + string.Join(", ", ChoiceAttribute.NamesOf(type))
        : "an object";

    private static bool IsJson(HttpRequest request, string mediaType) =>
        request.GetTypedHeaders().ContentType is { } type
        && (mediaType == "application/json"
            ? request.HasJsonContentType()
            : type.MediaType.Equals(mediaType, StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset == "\"utf-8\"");
}

/// <summary>A body that was read, or why it could not be.</summary>
/// <typeparam name="T">The body's contract.</typeparam>
/// <param name="Value">The well-formed members; null when there is a refusal.</param>
/// <param name="Members">The same as they were sent, so that what is null can be told from what is missing.</param>
/// <param name="Refusal">The answer, when the body cannot be read at all.</param>
internal readonly record struct JsonBody<T>(T? Value, JsonObject? Members, ProblemHttpResult? Refusal)
    where T : class;
