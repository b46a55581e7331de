using Microsoft.AspNetCore.WebUtilities;

namespace OrleansSync.Api.Web.Shell;

/// <summary>The address of a list with all that is chosen in it, so that a link shows what its sender saw.</summary>
/// <param name="Path">The page, relative to the first one.</param>
/// <param name="Chosen">What is chosen; null for what stays as the page has it.</param>
public sealed record ListAddress(string Path, params IReadOnlyList<(string Name, string? Value)> Chosen)
{
    /// <summary>The same list with something else chosen. A page of the list belongs to what was chosen before, and is left out.</summary>
    public string With(params IReadOnlyList<(string Name, string? Value)> changes) => QueryHelpers.AddQueryString(
        Path,
        Chosen.Where(old => old.Name != Pager.Parameter && changes.All(change => change.Name != old.Name)).Concat(changes)
            .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
            .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value)));

    /// <summary>What a search form has to carry along so that nothing else that is chosen gets lost.</summary>
    public IEnumerable<(string Name, string Value)> BesidesOf(string field) => Chosen
        .Where(parameter => parameter.Name != field && parameter.Name != Pager.Parameter && !string.IsNullOrEmpty(parameter.Value))
        .Select(parameter => (parameter.Name, parameter.Value!));
}
