using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using OrleansSync.Api.Parameters;

namespace OrleansSync.Api.OpenApi;

/// <summary>
/// Completes the OpenAPI document with what the framework cannot see: the names of query parameters and enums as callers write them, and
/// keys.
/// </summary>
internal static class ApiDescription
{
    private const string Scheme = "bearer";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services
        // Otherwise every number is described as one that may be a text too.
        .ConfigureHttpJsonOptions(options => options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict)
        .AddOpenApi("v1", options =>
        {
            options.AddDocumentTransformer(DescribeDocument);
            options.AddOperationTransformer(NameParameters);
            options.AddOperationTransformer(DescribeAccess);
            options.AddSchemaTransformer(NameChoices);
        });

    private static Task DescribeDocument(
        OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = "OrleansSync";
        document.Info.Description = "Imports the employees of Bitrix24 portals into CallGear accounts.";
        document.Info.License = new OpenApiLicense { Name = "MIT", Url = new Uri("https://opensource.org/license/mit") };
        foreach (var server in document.Servers ?? [])
        {
            server.Url = server.Url?.TrimEnd('/');
        }

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

    private static Task NameParameters(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>()
            .Where(parameter => parameter.In == ParameterLocation.Query) ?? [])
        {
            parameter.Name = JsonNamingPolicy.CamelCase.ConvertName(parameter.Name ?? "");
        }

        return Task.CompletedTask;
    }

    private static Task DescribeAccess(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Security ??= [];
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            return Task.CompletedTask;
        }

        operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, context.Document)] = [] });
        return Task.CompletedTask;
    }

    private static Task NameChoices(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var parameter = (context.ParameterDescription?.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo;
        var type = parameter?.GetCustomAttribute<ChoiceAttribute>()?.Choice ?? context.JsonTypeInfo.Type;
        if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choice)
        {
            schema.Type = JsonSchemaType.String;
            schema.Enum = [.. ChoiceAttribute.NamesOf(choice).Select(name => (JsonNode)name)];
        }

        return Task.CompletedTask;
    }
}
