namespace OrleansSync.Grains.Interfaces.Accounts;

/// <summary>
/// A secret under ASP.NET Core Data Protection. Secrets travel between processes and rest in storage only in this form; whoever calls a
/// vendor opens it for that call.
/// </summary>
/// <param name="Ciphertext">The protected payload.</param>
[GenerateSerializer, Immutable, Alias("ProtectedText")]
public sealed record ProtectedText([property: Id(0)] string Ciphertext)
{
    /// <summary>Shows nothing of the secret.</summary>
    public override string ToString() => "•••";
}
