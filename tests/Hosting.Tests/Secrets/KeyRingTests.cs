using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using OrleansSync.Grains.Connections;
using OrleansSync.Hosting.Secrets;
using OrleansSync.Hosting.Settings;
using OrleansSync.Hosting.Startup;
using OrleansSync.Storage;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Hosting.Tests.Secrets;

public sealed class KeyRingTests(PostgresServer server) : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(HostingMode.Embedded)]
    [InlineData(HostingMode.Cluster)]
    public async Task KeyRing_WhenProcessStartsAgain_OpensWhatWasProtected(HostingMode mode)
    {
        var settings = await SettingsAsync(mode, TestKeyFile.Create(_directory));

        var box = await WithHostAsync(settings, protector => protector.Protect("secret"));

        Assert.Equal("secret", await WithHostAsync(settings, protector => protector.Unprotect(box)));
    }

    [Theory]
    [InlineData(HostingMode.Embedded)]
    [InlineData(HostingMode.Cluster)]
    public async Task KeyRing_WhenKeyFileGetsANewFirstLine_StillOpensWhatWasProtected(HostingMode mode)
    {
        var (older, newer) = (TestKeyFile.NewLine(), TestKeyFile.NewLine());
        var settings = await SettingsAsync(mode, TestKeyFile.Create(_directory, "key-file", older));
        var box = await WithHostAsync(settings, protector => protector.Protect("secret"));
        TestKeyFile.Create(_directory, "key-file", newer, older);

        Assert.Equal("secret", await WithHostAsync(settings, protector => protector.Unprotect(box)));
    }

    [Theory]
    [InlineData(HostingMode.Embedded)]
    [InlineData(HostingMode.Cluster)]
    public async Task KeyRing_WhenItWasStartedWithANewFirstLine_NeedsTheOldOneNoMore(HostingMode mode)
    {
        var (older, newer) = (TestKeyFile.NewLine(), TestKeyFile.NewLine());
        var settings = await SettingsAsync(mode, TestKeyFile.Create(_directory, "key-file", older));
        var box = await WithHostAsync(settings, protector => protector.Protect("secret"));
        TestKeyFile.Create(_directory, "key-file", newer, older);
        Assert.Equal("secret", await WithHostAsync(settings, protector => protector.Unprotect(box)));

        TestKeyFile.Create(_directory, "key-file", newer);

        Assert.Equal("secret", await WithHostAsync(settings, protector => protector.Unprotect(box)));
        TestKeyFile.Create(_directory, "key-file", older);
        await Assert.ThrowsAsync<StartRefusedException>(() => WithHostAsync(settings, protector => protector.Unprotect(box)));
    }

    [Theory]
    [InlineData(HostingMode.Embedded)]
    [InlineData(HostingMode.Cluster)]
    public async Task KeyRing_WhenItIsSealedAnew_GetsAKeyThatTheOldLineNeverOpened(HostingMode mode)
    {
        var (older, newer) = (TestKeyFile.NewLine(), TestKeyFile.NewLine());
        var settings = await SettingsAsync(mode, TestKeyFile.Create(_directory, "key-file", older));
        await WithHostAsync(settings, protector => protector.Protect("secret"));
        TestKeyFile.Create(_directory, "key-file", newer, older);
        await WithHostAsync(settings, protector => protector.Protect("secret"));

        // A start without a change makes no further one.
        using var host = Build(settings);
        await host.PrepareOrleansSyncAsync(Stop);
        var keys = host.Services.GetRequiredService<IKeyManager>().GetAllKeys().OrderBy(key => key.ActivationDate).ToList();

        Assert.Equal(2, keys.Count);
        Assert.InRange(keys[1].ActivationDate - keys[1].CreationDate, TimeSpan.FromHours(47), TimeSpan.FromHours(48));
    }

    [Fact(Timeout = 60_000)]
    public async Task AccountSecrets_WhenTheRingHasANewKey_MoveToItAndStayTheAccounts()
    {
        using var host = Build(await SettingsAsync(HostingMode.Embedded, null));
        await host.PrepareOrleansSyncAsync(Stop);
        var secrets = new AccountSecrets(host.Services.GetRequiredService<IDataProtectionProvider>());
        var before = secrets.Protect("acme", "secret");
        Assert.Same(before, secrets.Refresh("acme", before));
        var now = TimeProvider.System.GetUtcNow();
        host.Services.GetRequiredService<IKeyManager>().CreateNewKey(now, now.AddDays(90));

        // Data Protection reads the ring again in the background, and goes on with the old one until it has.
        var after = before;
        while (ReferenceEquals(after, before))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop);
            after = secrets.Refresh("acme", before);
        }

        Assert.Same(after, secrets.Refresh("acme", after));
        Assert.Equal("secret", secrets.Open("acme", after));
        Assert.Throws<CryptographicException>(() => secrets.Open("other", after));
        Assert.Same(before, secrets.Refresh("other", before));
    }

    [Theory]
    [InlineData(HostingMode.Embedded)]
    [InlineData(HostingMode.Cluster)]
    public async Task KeyRing_WhenKeyFileIsAnother_RefusesToStart(HostingMode mode)
    {
        var keyFile = TestKeyFile.Create(_directory);
        var settings = await SettingsAsync(mode, keyFile);
        await WithHostAsync(settings, protector => protector.Protect("secret"));
        TestKeyFile.Create(_directory);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => WithHostAsync(settings, protector => protector.Protect("secret")));

        Assert.StartsWith($"The key file {keyFile} cannot open the key ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyRing_WhenStored_HoldsNoPlainKey()
    {
        var settings = await SettingsAsync(HostingMode.Embedded, null);
        await WithHostAsync(settings, protector => protector.Protect("secret"));

        var xml = File.ReadAllText(Assert.Single(Directory.GetFiles(_directory.File("key-ring"))));

        Assert.Contains("<sealedByKeyFile ", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<masterKey", xml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeyRing_WhenEmbedded_IsForThisUserOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes.");
        await WithHostAsync(await SettingsAsync(HostingMode.Embedded, null), protector => protector.Protect("secret"));

        var modes = new DirectoryInfo(_directory.Path).EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Where(entry => (entry.UnixFileMode & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute)) != 0
                && entry.Name.StartsWith("key", StringComparison.Ordinal));

        Assert.Empty(modes);
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, new DirectoryInfo(_directory.Path).UnixFileMode);
    }

    [Fact]
    public async Task KeyRing_WhenProcessesStartTogether_TheyShareOneKey()
    {
        var settings = await SettingsAsync(HostingMode.Cluster, TestKeyFile.Create(_directory));

        var keys = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(async () =>
        {
            using var host = Build(settings);
            await host.PrepareOrleansSyncAsync(Stop);
            return Assert.Single(host.Services.GetRequiredService<IKeyManager>().GetAllKeys()).KeyId;
        })));

        Assert.Single(keys.Distinct());
    }

    [Fact]
    public async Task KeyRing_WhenClusterHasNoKeyFile_RefusesToStart()
    {
        var settings = await SettingsAsync(HostingMode.Cluster, null);

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => WithHostAsync(settings, protector => protector.Protect("secret")));

        Assert.StartsWith(
            "OrleansSync__Secrets__KeyFile must be set when ConnectionStrings__OrleansSync is set.",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhenDatabaseRefusesTheUser_NamesTheDatabaseAndNoPassword()
    {
        var target = new NpgsqlConnectionStringBuilder(await server.CreateDatabaseAsync()) { Username = "stranger", Password = "hush" };
        var settings = await SettingsAsync(HostingMode.Cluster, TestKeyFile.Create(_directory)) with
        {
            ConnectionString = new(target.ToString()),
        };

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(
            () => WithHostAsync(settings, protector => protector.Protect("secret")));

        Assert.StartsWith(
            string.Create(
                CultureInfo.InvariantCulture, $"The PostgreSQL database {target.Database} at {target.Host}:{target.Port} cannot be used: "),
            refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", refusal.ToString(), StringComparison.Ordinal);
    }

    private async Task<OrleansSyncSettings> SettingsAsync(HostingMode mode, string? keyFile) => new()
    {
        ConnectionString = mode == HostingMode.Cluster ? new(await server.CreateDatabaseAsync()) : null,
        DataDirectory = _directory.Path,
        KeyFile = keyFile,
    };

    private static IHost Build(OrleansSyncSettings settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddOrleansSyncSecrets(settings);
        return builder.Build();
    }

    private static async Task<string> WithHostAsync(OrleansSyncSettings settings, Func<IDataProtector, string> use)
    {
        using var host = Build(settings);
        await host.PrepareOrleansSyncAsync(Stop);
        return use(host.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test"));
    }
}
