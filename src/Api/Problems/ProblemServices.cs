using OrleansSync.Api.Web;

namespace OrleansSync.Api.Problems;

/// <summary>Registers the answers to errors.</summary>
internal static class ProblemServices
{
    /// <summary>
    /// Adds problem details, the handler of exceptions, and the validation of parameters; a parameter that cannot be bound is for that
    /// validation too, and no exception in any environment.
    /// </summary>
    public static IServiceCollection AddApiProblems(this IServiceCollection services) => services
        .AddSingleton<IProblemDetailsWriter, ProblemWriter>()
        .AddProblemDetails()
        .AddExceptionHandler<FailureHandler>()
        .PostConfigure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false)
        .AddValidation();

    /// <summary>
    /// Gives every error a body: those of exceptions, and those that the framework answers with a bare status. Errors of pages keep the
    /// status alone.
    /// </summary>
    public static IApplicationBuilder UseApiProblems(this IApplicationBuilder app) => app
        .UseExceptionHandler()
        .UseWhen(context => !context.Request.WantsPage(), others => others.UseStatusCodePages());
}
