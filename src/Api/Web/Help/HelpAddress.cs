using OrleansSync.Api.Bodies;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Web.Help;

/// <summary>Where codes are explained.</summary>
internal static class HelpAddress
{
    /// <summary>The part of the page of help that explains a code.</summary>
    public static string Of(ProblemCode code) => "help#" + CamelCaseEnum<ProblemCode>.NameOf(code);
}
