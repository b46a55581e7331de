namespace OrleansSync.Api.Web;

/// <summary>Marks the endpoints of the web pages: they are for people with a browser, and no part of the interface for programs.</summary>
internal sealed class PartOfPages;
