using System.ComponentModel.DataAnnotations;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Parameters;

/// <summary>The query parameters that all lists have.</summary>
/// <param name="list">The list's letter: a cursor of one list is refused by the others.</param>
public abstract class PageParameters(char list) : QueryParameters
{
    private const int DefaultLimit = 50;

    /// <summary>The 'nextCursor' of the page before; left out for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The most items to answer; 50 when left out.</summary>
    [Range(1, 200, ErrorMessage = "must be a whole number from {1} to {2}.")]
    public int? Limit { get; init; }

    /// <summary>The most items of the page.</summary>
    internal int Size => Limit ?? DefaultLimit;

    /// <summary>Where the page starts; null at the start of the list, or when the cursor is wrong.</summary>
    internal string? Position => PageCursor.Decode(list, Cursor);

    /// <inheritdoc />
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        string.IsNullOrEmpty(Cursor) || Position is not null
            ? base.Validate(validationContext)
            : base.Validate(validationContext)
                .Append(new ValidationResult("must be the 'nextCursor' of a page of this list.", [nameof(Cursor)]));

    /// <summary>Shows a page of the list, with the cursor of the next.</summary>
    internal PageResponse<TAnswer> Answer<TItem, TAnswer>(Page<TItem> page, Func<TItem, TAnswer> show) =>
        new([.. page.Items.Select(show)], PageCursor.Encode(list, page.Next));
}

/// <summary>The query parameters of a list in which text can be looked for.</summary>
public abstract class SearchParameters(char list) : PageParameters(list)
{
    /// <summary>Only items that contain this text, whatever the case.</summary>
    [MaxLength(200, ErrorMessage = "must have at most {1} characters.")]
    public string? Query { get; init; }

    /// <summary>The text without the white space around it; null when there is none.</summary>
    internal string? Text => Query?.Trim() is { Length: > 0 } text ? text : null;
}
