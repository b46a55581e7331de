using System.Diagnostics.CodeAnalysis;
using OrleansSync.Api.Bodies;
using OrleansSync.Grains.Interfaces;

namespace OrleansSync.Api.Problems;

/// <summary>What went wrong with a user, a run or an account.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Message">What happened and what to do.</param>
internal sealed record CodedMessage(ProblemCode Code, string Message)
{
    [return: NotNullIfNotNull(nameof(problem))]
    public static CodedMessage? From(Problem? problem) => problem is null ? null : new CodedMessage(problem.Code, problem.Message);

    public override string ToString() => $"{CamelCaseEnum<ProblemCode>.NameOf(Code)}: {Message}";
}
