using System.Security.Cryptography;
using System.Text;
using OrleansSync.Hosting.Secrets;
using OrleansSync.Storage;
using OrleansSync.Testing.Processes;
using OrleansSync.Testing.Silos;

namespace OrleansSync.Hosting.Tests.Secrets;

public sealed class KeyFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Read_WhenFileHasLines_TheFirstProtectsAndAllAreKnown()
    {
        var (first, second) = (TestKeyFile.NewLine(), TestKeyFile.NewLine());
        var one = KeyFile.Read(TestKeyFile.Create(_directory, "one", first));
        var two = KeyFile.Read(TestKeyFile.Create(_directory, "two", "", second, " " + first + " ", ""));

        Assert.NotEqual(one.Current.Id, two.Current.Id);
        Assert.Equal("secret"u8, two.Find(one.Current.Id)!.Open(one.Current.Seal("secret"u8)));
        Assert.Null(one.Find(two.Current.Id));
    }

    [Theory]
    [InlineData("it is empty")]
    [InlineData("it is empty", "", " ")]
    [InlineData("line 1 is not 32 bytes in base64", "not base64")]
    [InlineData("line 1 is not 32 bytes in base64", "AAAA")]
    [InlineData("line 2 is not 32 bytes in base64", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Read_WhenFileIsMalformed_RefusesAndNamesTheLine(string what, params string[] lines)
    {
        var path = TestKeyFile.Create(_directory, "key-file", lines);

        var refusal = Assert.Throws<StartRefusedException>(() => KeyFile.Read(path));

        Assert.StartsWith($"The key file {path} cannot be used: {what}.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenFileIsMissing_RefusesAndSaysHowToMakeOne()
    {
        var refusal = Assert.Throws<StartRefusedException>(() => KeyFile.Read(_directory.File("nowhere")));

        Assert.Contains("openssl rand -base64 32", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadOrCreate_WhenMissing_MakesOneForThisUserOnlyAndKeepsIt()
    {
        var path = _directory.File("key-file");
        var made = KeyFile.ReadOrCreate(path);

        Assert.Equal(made.Current.Id, KeyFile.ReadOrCreate(path).Current.Id);
        Assert.Equal(44, File.ReadAllText(path).Trim().Length);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void Open_WhenAnyByteWasAltered_Throws()
    {
        var key = new KeyFileKey(RandomNumberGenerator.GetBytes(32));
        var box = key.Seal(Encoding.UTF8.GetBytes("secret"));
        for (var index = 0; index < box.Length; index++)
        {
            var altered = box.ToArray();
            altered[index] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => key.Open(altered));
        }

        Assert.ThrowsAny<CryptographicException>(() => key.Open(box.AsSpan(0, 20)));
    }
}
