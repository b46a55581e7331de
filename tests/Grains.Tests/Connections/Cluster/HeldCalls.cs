namespace OrleansSync.Grains.Tests.Connections;

/// <summary>Keeps calls of one method from being answered, for as long as a test wants.</summary>
internal sealed class HeldCalls : IOutgoingGrainCallFilter
{
    private volatile string? _method;
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Holds calls of a method from now on.</summary>
    public void Hold(string method)
    {
        _released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _method = method;
    }

    /// <summary>Lets them go, and holds no more.</summary>
    public void Release()
    {
        _method = null;
        _released.TrySetResult();
    }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (context.MethodName == _method)
        {
            await _released.Task;
        }

        await context.Invoke();
    }
}
