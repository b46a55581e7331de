using OrleansSync.Bitrix24;
using OrleansSync.Bitrix24.OAuth;
using OrleansSync.CallGear;

namespace OrleansSync.Grains.Connections;

/// <summary>Makes the vendors' clients. They are made for each call because the factory replaces handlers that have aged.</summary>
internal sealed class VendorClients(IHttpClientFactory http, TimeProvider time)
{
    public Bitrix24Client Bitrix24() => new(http.CreateClient(ConnectionHttpClients.Bitrix24), time);

    public Bitrix24OAuthClient Bitrix24OAuth() => new(http.CreateClient(ConnectionHttpClients.Bitrix24), time);

    public CallGearClient CallGear() => new(http.CreateClient(ConnectionHttpClients.CallGear), time);
}
