namespace OrleansSync.Grains.Connections;

/// <summary>
/// Names of the clients to ask <see cref="IHttpClientFactory"/> for. The process that hosts the grains decides what is behind them:
/// handlers that follow no redirects, reach allowed addresses only and write no address to a log, as the addresses of Bitrix24 calls hold
/// secrets.
/// </summary>
public static class ConnectionHttpClients
{
    /// <summary>Calls of Bitrix24 portals and of the vendor's token endpoint.</summary>
    public const string Bitrix24 = "bitrix24";

    /// <summary>Calls of CallGear.</summary>
    public const string CallGear = "callgear";
}
