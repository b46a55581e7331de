namespace OrleansSync.Storage;

/// <summary>The release that this program is, or is a build on the way to.</summary>
internal static class ProgramRelease
{
    /// <summary>Its three numbers.</summary>
    public static Version Current { get; } = OfAssembly(typeof(ProgramRelease).Assembly.GetName().Version!);

    // The fourth number is always 0 here, and would make 0.2.0.0 another version than 0.2.0.
    private static Version OfAssembly(Version version) => new(version.Major, version.Minor, version.Build);
}
