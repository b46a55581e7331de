namespace OrleansSync.Grains.Connections;

/// <summary>What the connections of all accounts have in common.</summary>
internal sealed record ConnectionEnvironment(
    VendorClients Clients, AccountSecrets Secrets, ConnectionOptions Options, Bitrix24OAuthOptions OAuth, TimeProvider Time);
