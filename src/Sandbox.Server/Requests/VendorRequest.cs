using System.Text.Json;

namespace OrleansSync.Sandbox.Requests;

/// <summary>What the log and the faults need to know of a request.</summary>
/// <param name="Vendor">Who is asked.</param>
/// <param name="Target">Portal or account; empty when none that exists is named.</param>
/// <param name="Method">Method of the API.</param>
/// <param name="Commands">Commands of a batch; 1 otherwise.</param>
/// <param name="Parameters">For CallGear: the parameters without the access token.</param>
internal sealed record VendorRequest(Vendor Vendor, string Target, string Method, int Commands = 1, JsonElement? Parameters = null)
{
    /// <summary>Whether the method changes anything.</summary>
    public bool IsWrite => Method.StartsWith("create.", StringComparison.Ordinal) || Method.StartsWith("update.", StringComparison.Ordinal);
}
