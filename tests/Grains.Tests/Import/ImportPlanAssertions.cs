using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

internal static class ImportPlanAssertions
{
    /// <summary>The one decision on a user, which has to be of the type.</summary>
    public static T Single<T>(this ImportPlan plan, long userId)
        where T : Decision => Assert.IsType<T>(Assert.Single(plan.Decisions, decision => decision.UserId == userId));

    /// <summary>The user is skipped for the reason.</summary>
    public static Skip Skips(this ImportPlan plan, long userId, ProblemCode code)
    {
        var skip = plan.Single<Skip>(userId);
        Assert.Equal(code, skip.Reason.Code);
        return skip;
    }

    /// <summary>The users with a decision of the type.</summary>
    public static long[] UsersWith<T>(this ImportPlan plan)
        where T : Decision => [.. plan.Decisions.OfType<T>().Select(decision => decision.UserId)];

    /// <summary>The users with a decision, in its order.</summary>
    public static long[] UserIds(this ImportPlan plan) => [.. plan.Decisions.Select(decision => decision.UserId)];
}
