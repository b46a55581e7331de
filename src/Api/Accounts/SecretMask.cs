namespace OrleansSync.Api.Accounts;

/// <summary>How a secret is shown. A caller that sends it back means the secret that is stored.</summary>
internal static class SecretMask
{
    /// <summary>What stands in a secret's place.</summary>
    public const string Text = "•••";
}
