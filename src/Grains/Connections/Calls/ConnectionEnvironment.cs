using OrleansSync.Grains.Admission;
using OrleansSync.Grains.Connections.Bitrix24;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces.Rows;
using OrleansSync.Grains.Outbound;

namespace OrleansSync.Grains.Connections.Calls;

/// <summary>What the connections of all accounts have in common.</summary>
/// <param name="Accounts">Where their credentials are.</param>
/// <param name="Clients">The vendors' clients.</param>
/// <param name="Secrets">Opens the accounts' secrets.</param>
/// <param name="Options">How patient calls are.</param>
/// <param name="OAuth">The OAuth application.</param>
/// <param name="Outbound">Which addresses may be called.</param>
/// <param name="Time">The clock.</param>
/// <param name="Runs">The runs of this silo; null where there are none.</param>
/// <param name="AtHand">The credentials of their accounts; null where there are none.</param>
internal sealed record ConnectionEnvironment(
    IAccountRows Accounts,
    VendorClients Clients,
    AccountSecrets Secrets,
    ConnectionOptions Options,
    Bitrix24OAuthOptions OAuth,
    OutboundAddressPolicy Outbound,
    TimeProvider Time,
    RunLimiter? Runs = null,
    CredentialsAtHand? AtHand = null);
