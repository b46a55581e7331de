using OrleansSync.Api.Authorization;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Api.Tests.Authorization;

public sealed class OperatorKeyTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Load_WhenFirst_MakesAKeyOnceForThisUserOnly()
    {
        using var data = DataDirectory.Open(_directory.Path);
        var first = OperatorKey.Load(null, data);
        var second = OperatorKey.Load(null, data);

        var made = first.NewKey!.Reveal();
        Assert.Equal(47, made.Length);
        Assert.True(second.Matches(made));
        Assert.Null(second.NewKey);
        Assert.Equal(made, File.ReadAllText(data.OperatorKeyFile).Trim());
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(data.OperatorKeyFile));
        }
    }

    [Fact]
    public void Load_WhenSettingIsGiven_TakesItAndMakesNoFile()
    {
        using var data = DataDirectory.Open(_directory.Path);
        var key = OperatorKey.Load(new SecretText("given"), data);

        Assert.True(key.Matches("given"));
        Assert.False(key.Matches("Given"));
        Assert.False(key.Matches(""));
        Assert.Null(key.NewKey);
        Assert.False(File.Exists(data.OperatorKeyFile));
    }

    [Fact]
    public void Load_WhenClusterHasNoSetting_Refuses()
    {
        var refusal = Assert.Throws<StartRefusedException>(() => OperatorKey.Load(null, null));

        Assert.StartsWith(
            "OrleansSync__AdminKey must be set when ConnectionStrings__OrleansSync is set", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WhenFileIsEmpty_RefusesAndNamesIt()
    {
        using var data = DataDirectory.Open(_directory.Path);
        File.WriteAllText(data.OperatorKeyFile, "\n");

        var refusal = Assert.Throws<StartRefusedException>(() => OperatorKey.Load(null, data));

        Assert.Contains(data.OperatorKeyFile, refusal.Message, StringComparison.Ordinal);
    }
}
