using System.Text.Json;

namespace OrleansSync.Sandbox.Requests;

/// <summary>One finished request to an imitated vendor, as the vendor saw it.</summary>
/// <param name="Sequence">Number in order of arrival, from 1, over all vendors.</param>
/// <param name="At">When the request arrived.</param>
/// <param name="Vendor">Who was asked.</param>
/// <param name="Target">Portal or account; empty when the request named none that exists.</param>
/// <param name="Method">Method of the API, or <c>?</c> when the request was not readable.</param>
/// <param name="Status">HTTP status answered; 0 when the connection ended without an answer.</param>
/// <param name="Error">Error code (Bitrix24) or mnemonic (CallGear) answered, or null.</param>
/// <param name="Executed">Whether the method was carried out, although its answer may have been lost or spoilt by a fault.</param>
/// <param name="Fault">Id of the fault that decided the answer, or null.</param>
/// <param name="Commands">Commands of a batch; 1 otherwise.</param>
/// <param name="Parameters">For CallGear's writes: the parameters without the access token.</param>
public sealed record RequestRecord(
    long Sequence,
    DateTimeOffset At,
    Vendor Vendor,
    string Target,
    string Method,
    int Status,
    string? Error,
    bool Executed,
    string? Fault,
    int Commands,
    JsonElement? Parameters);
