namespace OrleansSync.Rivals.Messages;

/// <summary>An account that a rival imports.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Webhook">The portal's incoming webhook.</param>
/// <param name="CallGear">Address of CallGear's Data API.</param>
/// <param name="AccessToken">Key of the CallGear account.</param>
internal sealed record RivalAccount(string Id, Uri Webhook, Uri CallGear, string AccessToken);

/// <summary>What a rival is asked to do, as one line of JSON on its input.</summary>
/// <param name="Connect">Accounts that it does not know yet.</param>
/// <param name="Synchronize">The accounts to import, each once.</param>
internal sealed record RivalOrder(IReadOnlyList<RivalAccount> Connect, IReadOnlyList<string> Synchronize);

/// <summary>What a rival answers when it is done, as one line of JSON on its output.</summary>
/// <param name="FinishedAt">When the last import ended.</param>
/// <param name="Failure">Why an import failed; null when none did.</param>
internal sealed record RivalAnswer(DateTimeOffset FinishedAt, string? Failure);
