using OrleansSync.Api.Bodies;

namespace OrleansSync.Api.Parameters;

/// <summary>Reads the query parameters of a request and collects what is wrong with them. Parameters nobody asks for are ignored.</summary>
/// <param name="request">The request.</param>
internal sealed class QueryReader(HttpRequest request)
{
    /// <summary>What is wrong, by parameter.</summary>
    public BodyErrors Errors { get; } = new();

    /// <summary>Reads a number; null when it is missing or wrong.</summary>
    public long? Read(NumberParameter parameter)
    {
        if (Single(parameter) is not { } text)
        {
            return null;
        }

        var number = parameter.Read(text);
        if (number is null)
        {
            Errors.Add(parameter.Name, parameter.Rule);
        }

        return number;
    }

    /// <summary>Reads a flag; false when it is missing or wrong.</summary>
    public bool Read(FlagParameter parameter)
    {
        switch (Single(parameter))
        {
            case null or "false":
                return false;
            case "true":
                return true;
            default:
                Errors.Add(parameter.Name, "must be true or false.");
                return false;
        }
    }

    /// <summary>Reads a text, without the white space around it; null when it is missing, blank or wrong.</summary>
    public string? Read(TextParameter parameter)
    {
        var text = Single(parameter)?.Trim();
        if (text?.Length > parameter.MaxLength)
        {
            Errors.Add(parameter.Name, $"must have at most {parameter.MaxLength} characters.");
            return null;
        }

        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>Reads a choice; null when it is missing or wrong.</summary>
    /// <typeparam name="T">The enum that is chosen from.</typeparam>
    public T? Read<T>(ChoiceParameter<T> parameter)
        where T : struct, Enum
    {
        if (Single(parameter) is not { Length: > 0 } name)
        {
            return null;
        }

        if (CamelCaseEnum<T>.TryRead(name, out var value))
        {
            return value;
        }

        Errors.Add(parameter.Name, $"must be one of {string.Join(", ", parameter.Names)}.");
        return null;
    }

    /// <summary>Reads a cursor; null at the start of the list, or when it is wrong.</summary>
    public string? Read(CursorParameter parameter)
    {
        if (Single(parameter) is not { Length: > 0 } text)
        {
            return null;
        }

        if (PageCursor.TryDecode(parameter.Kind, text, out var position))
        {
            return position;
        }

        Errors.Add(parameter.Name, "must be the 'nextCursor' of a page of this list.");
        return null;
    }

    private string? Single(QueryParameter parameter)
    {
        var values = request.Query[parameter.Name];
        if (values.Count > 1)
        {
            Errors.Add(parameter.Name, "is given more than once.");
            return null;
        }

        return values.Count == 0 ? null : values[0];
    }
}
