using System.Reflection;

namespace OrleansSync.Api.Tests.Hosting;

/// <summary>
/// A grain whose answers take a while, as those of a cluster do. Answers that are there at once hide whatever is done too early.
/// </summary>
internal class LateGrain : DispatchProxy
{
    private static readonly MethodInfo _answer =
        typeof(LateGrain).GetMethod(nameof(AnswerAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private object _grain = null!;
    private TimeSpan _lateness;

    /// <summary>The grain behind a delay.</summary>
    public static object Of(Type type, object grain, TimeSpan lateness)
    {
        var late = Create(type, typeof(LateGrain));
        ((LateGrain)late)._grain = grain;
        ((LateGrain)late)._lateness = lateness;
        return late;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(_grain, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null)!;
        return targetMethod.ReturnType.IsGenericType
            ? _answer.MakeGenericMethod(targetMethod.ReturnType.GenericTypeArguments).Invoke(this, [answer])
            : EndAsync((Task)answer);
    }

    private async Task<T> AnswerAsync<T>(Task<T> answer)
    {
        await WaitAsync();
        return await answer;
    }

    private async Task EndAsync(Task answer)
    {
        await WaitAsync();
        await answer;
    }

    private Task WaitAsync() => Task.Delay(_lateness, TimeProvider.System);
}
