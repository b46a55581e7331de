using System.Runtime.Versioning;
using System.Security.Cryptography;
using OrleansSync.Testing.Processes;

namespace OrleansSync.EndToEnd.Programs;

/// <summary>Files that the programs' user may not read: a secret that compose mounts with the host's rights, another's data.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ForbiddenFilesTests : IDisposable
{
    // Nobody listens there.
    private const string NoDatabase = "Host=127.0.0.1;Port=1;Database=none;Username=none;Password=p";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task KeyFile_OfAnotherUser_EndsTheStartWithItsOwnerItsModeAndWhatToDo()
    {
        var file = await WriteAsync("key.file");
        var ownership = await PlainUser.ForbidAsync(file);

        var error = await RefusalAsync(ServiceBinaries.Silo, Cluster(file));

        Assert.StartsWith($"The key file {file} cannot be read by ", error, StringComparison.Ordinal);
        AssertTells(error, file, ownership);
        Assert.Contains("a secret or file that is mounted has the owner and mode that it has on the host", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyFile_InADirectoryOfAnotherUser_EndsTheStartWithThatDirectory()
    {
        var secrets = Directory.CreateDirectory(_directory.File("secrets")).FullName;
        var file = await WriteAsync("secrets/key.file");
        var ownership = await PlainUser.ForbidAsync(secrets);

        var error = await RefusalAsync(ServiceBinaries.Silo, Cluster(file));

        Assert.StartsWith($"The key file {file} cannot be read by ", error, StringComparison.Ordinal);
        Assert.Contains($": {secrets} {ownership}", error, StringComparison.Ordinal);
        Allow(secrets);
    }

    [Fact]
    public async Task KeyFile_ThatIsADirectory_EndsTheStart()
    {
        var directory = Directory.CreateDirectory(_directory.File("key.file")).FullName;

        Assert.StartsWith(
            $"The key file {directory} is a directory.", await RefusalAsync(ServiceBinaries.Silo, Cluster(directory)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task SettingsFile_OfAnotherUser_EndsTheStart()
    {
        var file = await WriteAsync("appsettings.json", "{}");
        var ownership = await PlainUser.ForbidAsync(file);

        foreach (var program in new[] { ServiceBinaries.Silo, ServiceBinaries.Api })
        {
            var error = await RefusalAsync(program, [], $"--contentRoot={_directory.Path}");

            Assert.StartsWith($"The settings file {file} cannot be read by ", error, StringComparison.Ordinal);
            AssertTells(error, file, ownership);
        }
    }

    [Fact]
    public async Task SettingsFile_ThatIsNoJson_EndsTheStart()
    {
        var file = await WriteAsync("appsettings.json", "{ \"Logging\": oops");

        Assert.StartsWith(
            $"The settings file {file} cannot be used: ",
            await RefusalAsync(ServiceBinaries.Silo, [], $"--contentRoot={_directory.Path}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificates_OfAnotherUser_EndTheStart()
    {
        var file = await WriteAsync("certificate.pem");
        var ownership = await PlainUser.ForbidAsync(file);

        var ofDatabase = await RefusalAsync(
            ServiceBinaries.Silo, new() { ["ConnectionStrings__OrleansSync"] = $"{NoDatabase};Root Certificate={file}" }, "migrate");
        var ofPages = await RefusalAsync(ServiceBinaries.Api, new() { ["Kestrel__Certificates__Default__Path"] = file });

        Assert.StartsWith($"The database's root certificate {file} cannot be read by ", ofDatabase, StringComparison.Ordinal);
        Assert.StartsWith(
            $"The file of the setting Kestrel__Certificates__Default__Path {file} cannot be read by ", ofPages, StringComparison.Ordinal);
        Assert.All([ofDatabase, ofPages], error => AssertTells(error, file, ownership));
    }

    [Theory]
    [InlineData("orleanssync.lock")]
    [InlineData("orleanssync.db")]
    [InlineData("orleanssync.db-wal")]
    [InlineData("key-file")]
    [InlineData("operator-key")]
    [InlineData("key-ring/key-1.xml")]
    public async Task FileOfTheDataDirectory_OfAnotherUser_EndsTheStart(string name)
    {
        var data = Directory.CreateDirectory(_directory.File("data")).FullName;
        Directory.CreateDirectory(Path.Combine(data, "key-ring"));
        var file = await WriteAsync($"data/{name}");
        var ownership = await PlainUser.ForbidAsync(file);

        AssertTells(await RefusalAsync(ServiceBinaries.Api, Embedded(data)), file, ownership);
    }

    [Fact]
    public async Task DataDirectory_ThatTheUserMayNotMake_EndsTheStart()
    {
        var parent = Directory.CreateDirectory(_directory.File("parent")).FullName;
        var ownership = await PlainUser.ForbidAsync(parent);
        var data = Path.Combine(parent, "data");

        var error = await RefusalAsync(ServiceBinaries.Api, Embedded(data));

        Assert.StartsWith($"The data directory {data} cannot be used by {PlainUser.Name}", error, StringComparison.Ordinal);
        Assert.Contains($": {parent} {ownership}", error, StringComparison.Ordinal);
        Assert.Contains($"mkdir -p {data} && chown -R ", error, StringComparison.Ordinal);
        Allow(parent);
    }

    [Fact]
    public async Task DataDirectory_OfAnotherUser_EndsTheStart()
    {
        // Only root can give one away; the root of the file system is another's for everybody else.
        var data = Environment.IsPrivilegedProcess ? Directory.CreateDirectory(_directory.File("data")).FullName : "/";
        if (Environment.IsPrivilegedProcess)
        {
            await PlainUser.ForbidAsync(data);
        }

        var error = await RefusalAsync(ServiceBinaries.Api, Embedded(data));

        Assert.StartsWith($"The data directory {data} cannot be used by {PlainUser.Name}", error, StringComparison.Ordinal);
        Assert.Matches($"which this process runs as: it has mode 0[0-7]+ and belongs to user .*chown -R [0-9]+ {data}\\.", error);
    }

    [Fact]
    public async Task Files_OfTheOwnUserWithMode0600_AreEnough()
    {
        var data = Directory.CreateDirectory(_directory.File("data")).FullName;
        var file = await WriteAsync("data/key.file", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var address = new Uri($"http://127.0.0.1:{LoopbackPorts.TakeFree(1)[0]}/");
        await using var process = ServiceProcess.StartBy(
            PlainUser.Starter, "The API", ServiceBinaries.Api,
            new Dictionary<string, string>(Embedded(data)) { ["OrleansSync__Secrets__KeyFile"] = file }, $"--urls={address}");

        await process.WaitUntilReadyAsync(address);

        Assert.Equal(0, await process.StopAsync());
    }

    private static Dictionary<string, string> Cluster(string keyFile) => new()
    {
        ["ConnectionStrings__OrleansSync"] = NoDatabase,
        ["OrleansSync__Secrets__KeyFile"] = keyFile,
    };

    private static Dictionary<string, string> Embedded(string data) => new() { ["OrleansSync__DataDirectory"] = data };

    /// <summary>What a program tells that refuses to start as the other user.</summary>
    private static async Task<string> RefusalAsync(string program, Dictionary<string, string> environment, params string[] arguments)
    {
        await using var process = ServiceProcess.StartBy(PlainUser.Starter, program, program, environment, arguments);
        var code = await process.WaitForEndAsync();

        Assert.True(code == 1, $"It ended with {code}: {process.Output.Tail}");
        Assert.DoesNotContain("   at ", process.Output.Text, StringComparison.Ordinal);
        return process.Output.Errors;
    }

    private static void AssertTells(string error, string file, string ownership)
    {
        Assert.Contains($"{file} cannot be ", error, StringComparison.Ordinal);
        Assert.Contains($" by {PlainUser.Name}", error, StringComparison.Ordinal);
        Assert.Contains($", which this process runs as: it {ownership}", error, StringComparison.Ordinal);
        Assert.Matches(PlainUser.RemedyFor(file), error);
    }

    private static void Allow(string directory) =>
        File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private async Task<string> WriteAsync(string name, string content = "content")
    {
        var path = _directory.File(name);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        return path;
    }
}
