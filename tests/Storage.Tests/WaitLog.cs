using Microsoft.Extensions.Logging;

namespace OrleansSync.Storage.Tests;

/// <summary>What a start that waits for an upgrade told.</summary>
internal sealed class WaitLog : ILogger
{
    private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;

    /// <summary>Ends when it was told.</summary>
    public Task Told => _told.Task;

    /// <summary>How often it was told.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The log as a class gets it.</summary>
    public ILogger<T> For<T>() => new Typed<T>(this);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id == 5102)
        {
            Interlocked.Increment(ref _count);
            _told.TrySetResult();
        }
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    private sealed class Typed<T>(ILogger log) : ILogger<T>
    {
        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Log(logLevel, eventId, state, exception, formatter);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;
    }
}
