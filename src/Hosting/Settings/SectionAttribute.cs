namespace OrleansSync.Hosting.Settings;

/// <summary>Where the settings of an options class stand below <c>OrleansSync</c>.</summary>
/// <param name="path">The path with colons, such as <c>Bitrix24:OAuth</c>; empty for settings that stand at the top.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SectionAttribute(string path) : Attribute
{
    /// <summary>The path with colons.</summary>
    public string Path => path;
}
