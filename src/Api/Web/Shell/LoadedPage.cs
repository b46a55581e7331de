using Microsoft.AspNetCore.Components;

namespace OrleansSync.Api.Web.Shell;

/// <summary>
/// A page that is drawn when what it shows is there, and not before: what <see cref="LoadAsync"/> reads can be relied on in its markup,
/// however late the answers come.
/// </summary>
public abstract class LoadedPage : PagePart
{
    /// <summary>Where the viewer is.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    public sealed override async Task SetParametersAsync(ParameterView parameters)
    {
        // The framework draws a component as soon as it waits for anything: here it is not told of the parameters until there is nothing to
        // wait for.
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Reads what the page shows.</summary>
    protected abstract Task LoadAsync();
}
