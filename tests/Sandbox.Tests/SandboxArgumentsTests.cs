namespace OrleansSync.Sandbox.Tests;

public sealed class SandboxArgumentsTests
{
    [Theory]
    [InlineData("", 0, false, 1)]
    [InlineData("--urls http://127.0.0.1:5099 --addresses 20", 5099, false, 20)]
    [InlineData("--seed demo --urls http://localhost:0/", 0, true, 1)]
    public void TryParse_Valid_GivesItsValues(string line, int port, bool demo, int addresses)
    {
        Assert.True(SandboxArguments.TryParse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), out var arguments, out _));
        Assert.Equal(new SandboxArguments(port, demo, addresses), arguments);
    }

    [Theory]
    [InlineData("--urls")]
    [InlineData("--urls http://0.0.0.0:5099")]
    [InlineData("--urls http://192.0.2.1:5099")]
    [InlineData("--urls https://127.0.0.1:5099")]
    [InlineData("--urls nonsense")]
    [InlineData("--addresses 0")]
    [InlineData("--addresses 251")]
    [InlineData("--seed other")]
    [InlineData("--port 5")]
    public void TryParse_OtherThanLoopbackOrUnknown_IsRefused(string line)
    {
        Assert.False(SandboxArguments.TryParse(line.Split(' '), out _, out var mistake));
        Assert.Contains("Usage", mistake, StringComparison.Ordinal);
    }
}
