using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansSync.Api.Parameters;

namespace OrleansSync.Api.OpenApi;

/// <summary>Completes the OpenAPI document with what the framework cannot see: query parameters that are read by hand, keys, and the problems of all endpoints.</summary>
internal static class ApiDescription
{
    private const string Scheme = "bearer";

    /// <summary>Adds the document.</summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.AddDocumentTransformer(DescribeDocument);
        options.AddOperationTransformer(DescribeParameters);
        options.AddOperationTransformer(DescribeAccess);
    });

    private static Task DescribeDocument(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "OrleansSync";
        document.Info.Description = "Imports the employees of Bitrix24 portals into CallGear accounts.";
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
        document.Components.SecuritySchemes[Scheme] = new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Scheme,
            Description = "The operator's key, or an account's key (osk_…), which reaches that account alone.",
        };
        return Task.CompletedTask;
    }

    private static Task DescribeParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in context.Description.ActionDescriptor.EndpointMetadata.OfType<QueryMetadata>().SelectMany(query => query.Parameters))
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = parameter.Name,
                In = ParameterLocation.Query,
                Description = parameter.Description,
                Schema = SchemaOf(parameter),
            });
        }

        return Task.CompletedTask;
    }

    private static Task DescribeAccess(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            return Task.CompletedTask;
        }

        operation.Security ??= [];
        operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] });
        return Task.CompletedTask;
    }

    private static OpenApiSchema SchemaOf(QueryParameter parameter) => parameter switch
    {
        NumberParameter number => new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = number.Maximum > int.MaxValue ? "int64" : "int32",
            Minimum = number.Minimum.ToString(CultureInfo.InvariantCulture),
            Maximum = number.Maximum == long.MaxValue ? null : number.Maximum.ToString(CultureInfo.InvariantCulture),
        },
        FlagParameter => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        ChoiceParameter choice => new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. choice.Names.Select(name => (JsonNode)JsonValue.Create(name))],
        },
        TextParameter text => new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = text.MaxLength },
        _ => new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
