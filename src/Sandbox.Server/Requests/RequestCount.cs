namespace OrleansSync.Sandbox.Requests;

/// <summary>Finished requests to one method of one portal or account.</summary>
/// <param name="Vendor">Who was asked.</param>
/// <param name="Target">Portal or account.</param>
/// <param name="Method">Method of the API.</param>
/// <param name="Requests">All requests.</param>
/// <param name="Errors">Those answered with an error code or mnemonic, or not answered.</param>
/// <param name="RateRefusals">Those refused because of a rate limit.</param>
/// <param name="Commands">Commands carried by the requests: more than <paramref name="Requests"/> where batches were sent.</param>
public sealed record RequestCount(
    Vendor Vendor, string Target, string Method, long Requests, long Errors, long RateRefusals, long Commands);
