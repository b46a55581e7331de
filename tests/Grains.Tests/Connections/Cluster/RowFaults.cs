using System.Reflection;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Connections.Cluster;

/// <summary>Lets a database be away, or silent, for one operation, as long as a test wants. Everything else reaches the database.</summary>
public sealed class RowFaults
{
    private static readonly MethodInfo _call =
        typeof(RowFaults).GetMethod(nameof(CallAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private volatile string? _failing;
    private volatile string? _held;
    private TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The rows behind these faults.</summary>
    internal IAccountRows Over(IAccountRows rows)
    {
        var proxy = DispatchProxy.Create<IAccountRows, DisturbedRows>();
        ((DisturbedRows)(object)proxy).Set(this, rows);
        return proxy;
    }

    /// <summary>Lets an operation fail from now on.</summary>
    internal void Fail(string operation) => _failing = operation;

    /// <summary>Lets an operation not begin from now on.</summary>
    internal void Hold(string operation)
    {
        _released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held = operation;
    }

    /// <summary>Lets what is held go on; all goes well from now on.</summary>
    internal void Clear()
    {
        _failing = _held = null;
        _released.TrySetResult();
    }

    private async Task<T> CallAsync<T>(IAccountRows rows, MethodInfo operation, object?[]? arguments)
    {
        if (operation.Name == _held)
        {
            await _released.Task;
        }

        return operation.Name == _failing
            ? throw new StorageUnavailableException("The database is away.")
            : await (Task<T>)operation.Invoke(rows, arguments)!;
    }

    /// <summary>The rows as the silo has them.</summary>
    public class DisturbedRows : DispatchProxy
    {
        private RowFaults? _faults;
        private IAccountRows? _rows;

        internal void Set(RowFaults faults, IAccountRows rows) => (_faults, _rows) = (faults, rows);

        /// <inheritdoc />
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.ReturnType == typeof(Task)
            ? targetMethod.Invoke(_rows, args)
            : _call.MakeGenericMethod(targetMethod.ReturnType.GetGenericArguments().Single()).Invoke(_faults, [_rows, targetMethod, args]);
    }
}
