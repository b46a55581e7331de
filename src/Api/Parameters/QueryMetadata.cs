namespace OrleansSync.Api.Parameters;

/// <summary>The query parameters of an endpoint, for the API's description.</summary>
/// <param name="Parameters">The parameters.</param>
internal sealed record QueryMetadata(IReadOnlyList<QueryParameter> Parameters);

/// <summary>Names the query parameters of an endpoint.</summary>
internal static class QueryMetadataExtensions
{
    /// <summary>Says which query parameters the endpoint reads.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="parameters">The parameters.</param>
    public static RouteHandlerBuilder WithQuery(this RouteHandlerBuilder endpoint, params QueryParameter[] parameters) =>
        endpoint.WithMetadata(new QueryMetadata(parameters));
}
