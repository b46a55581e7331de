namespace OrleansSync.Api.Tests.Hosting;

/// <summary>
/// One interface for all tests of a class, which change nothing or begin with <see cref="ScriptedGrains.Reset"/>: to start one takes longer
/// than a request.
/// </summary>
public sealed class SharedApi : IAsyncLifetime
{
    internal TestApi Api { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Api = await TestApi.StartAsync();

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}
