using Microsoft.Extensions.Options;

namespace OrleansSync.Hosting.Settings;

/// <summary>Where a process without a database server keeps its data.</summary>
[Section("")]
internal sealed record DataSettings
{
    /// <summary>The directory with the SQLite file and the keys. Default: a folder of the user.</summary>
    [Path("the path of a directory")]
    public string? DataDirectory { get; init; }
}

[OptionsValidator]
internal sealed partial class DataSettingsValidator : IValidateOptions<DataSettings>;
