namespace OrleansSync.Api.Web.Texts;

/// <summary>Names the resource files with the texts of the pages.</summary>
internal sealed class WebText;
