using System.Globalization;
using OrleansSync.Api.Bodies;

namespace OrleansSync.Api.Parameters;

/// <summary>A query parameter: how it is read, and what the API's description says of it, in one place so that the two agree.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
internal abstract record QueryParameter(string Name, string Description);

/// <summary>A whole number within bounds.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Minimum">The least it may be.</param>
/// <param name="Maximum">The most it may be.</param>
/// <param name="Description">What it is for.</param>
internal sealed record NumberParameter(string Name, long Minimum, long Maximum, string Description) : QueryParameter(Name, Description)
{
    /// <summary>Reads a value; null when it is not such a number.</summary>
    /// <param name="text">What a caller sent.</param>
    public long? Read(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= Minimum && number <= Maximum ? number : null;

    /// <summary>What a value must be.</summary>
    public string Rule => Maximum == long.MaxValue ? $"must be a whole number from {Minimum}." : $"must be a whole number from {Minimum} to {Maximum}.";
}

/// <summary><c>true</c> or <c>false</c>; false when it is missing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
internal sealed record FlagParameter(string Name, string Description) : QueryParameter(Name, Description);

/// <summary>A text of bounded length.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MaxLength">The most characters it may have.</param>
/// <param name="Description">What it is for.</param>
internal sealed record TextParameter(string Name, int MaxLength, string Description) : QueryParameter(Name, Description);

/// <summary>One of a few names.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Names">The names.</param>
/// <param name="Description">What it is for.</param>
internal abstract record ChoiceParameter(string Name, IReadOnlyList<string> Names, string Description) : QueryParameter(Name, Description);

/// <summary>One of an enum's names.</summary>
/// <typeparam name="T">The enum.</typeparam>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for.</param>
internal sealed record ChoiceParameter<T>(string Name, string Description) : ChoiceParameter(Name, CamelCaseEnum<T>.Names, Description)
    where T : struct, Enum;

/// <summary>Where a list goes on.</summary>
/// <param name="Kind">Which list: a cursor of one list is refused by the others.</param>
internal sealed record CursorParameter(char Kind) : QueryParameter("cursor", "The 'nextCursor' of the page before; left out for the first page.");
