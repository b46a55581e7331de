using OrleansSync.Api.Bodies;
using OrleansSync.Grains.Outbound;

namespace OrleansSync.Api.Accounts;

/// <summary>Which addresses an account may name. A literal address is judged here; what a name stands for is judged at each call.</summary>
internal sealed class AddressRules(OutboundAddressPolicy policy)
{
    /// <summary>Adds a fault when the address may not be reached.</summary>
    public void Check(string path, Uri address, BodyErrors errors)
    {
        if (policy.WhyRefused(address) is { } reason)
        {
            errors.Add(path, new BodyFault(FaultKind.AddressRefused, $"addressRefused: {reason}."));
        }
    }
}
