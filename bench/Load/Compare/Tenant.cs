namespace OrleansSync.Load.Compare;

/// <summary>A portal of the sandbox with the CallGear account that its users are imported into.</summary>
/// <param name="Id">The name of all three: account, portal, CallGear account.</param>
/// <param name="Number">Where the e-mail addresses of its users differ from those of others.</param>
/// <param name="Webhook">The portal's incoming webhook.</param>
/// <param name="CallGear">Address of CallGear's Data API.</param>
/// <param name="AccessToken">Key of the CallGear account.</param>
internal sealed record Tenant(string Id, int Number, Uri Webhook, Uri CallGear, string AccessToken);
