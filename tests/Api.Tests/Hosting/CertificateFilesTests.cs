using Microsoft.Extensions.Configuration;
using OrleansSync.Api.Hosting;
using OrleansSync.Storage;

namespace OrleansSync.Api.Tests.Hosting;

public sealed class CertificateFilesTests
{
    private const string PathSetting = "Kestrel:Certificates:Default:Path";

    [Fact]
    public void RequireReadable_FileThatIsNotThere_NamesItAndItsSetting()
    {
        var refusal = Assert.Throws<StartRefusedException>(
            () => CertificateFiles.RequireReadable(With(PathSetting, "no-such-file.pfx"), "/tmp"));

        Assert.Equal(
            "The file /tmp/no-such-file.pfx is not there. Put it there, or set Kestrel__Certificates__Default__Path to where it is.",
            refusal.Message);
    }

    [Theory]
    [InlineData("https://127.0.0.1:5443", PathSetting)]
    [InlineData("https://127.0.0.1:5443", "Kestrel:Endpoints:Web:Certificate:Subject")]
    [InlineData("http://127.0.0.1:5080", "Kestrel:Limits:MaxConcurrentConnections")]
    public void RequireFor_AddressesThatHaveWhatTheyNeed_AreTaken(string url, string setting) =>
        CertificateFiles.RequireFor([new ServedAddress(url, "ASPNETCORE_URLS", "")], With(setting, "1"), TimeProvider.System);

    private static IConfiguration With(string setting, string value) => new ConfigurationBuilder()
        .AddInMemoryCollection([KeyValuePair.Create<string, string?>(setting, value)])
        .Build();
}
