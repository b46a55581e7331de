using System.Net;
using Microsoft.Extensions.Configuration;
using OrleansSync.Hosting.Settings;
using OrleansSync.Storage;

namespace OrleansSync.Hosting.Tests.Settings;

public sealed class SettingsReaderTests
{
    private const string Database = "Host=db;Database=orleanssync;Username=u;Password=hush";

    [Fact]
    public void Read_WhenNothingIsSet_AnswersTheDefaults()
    {
        var settings = Read().OrRefuseStart();

        Assert.Equal(HostingMode.Embedded, settings.Mode);
        Assert.Equal(TimeSpan.FromMinutes(30), settings.SchedulePeriod);
        Assert.True(Path.IsPathFullyQualified(settings.DataDirectory));
        Assert.Equal("OrleansSync", Path.GetFileName(settings.DataDirectory));
        Assert.Null(settings.KeyFile);
        Assert.Empty(settings.AllowedNetworks);
        Assert.Equal(new Bitrix24OAuthSettings(), settings.Bitrix24OAuth);
        Assert.Equal(
            new ClusterSettings { SiloPort = 11111, GatewayPort = 30000, ClusterId = "orleanssync", ServiceId = "orleanssync" },
            settings.Cluster);
        Assert.Equal(20, settings.Database.MaxConnections);
        Assert.Equal(new Uri("https://oauth.bitrix.info/oauth/token/"), settings.Bitrix24OAuth.TokenEndpoint);
    }

    [Fact]
    public void Read_WhenEverythingIsSet_AnswersIt()
    {
        var settings = Read(
            ("ConnectionStrings:OrleansSync", Database), ("OrleansSync:DataDirectory", "/data"),
            ("OrleansSync:Secrets:KeyFile", "/keys/file"), ("OrleansSync:Schedule:Period", "1.02:03:04"),
            ("OrleansSync:Outbound:AllowedNetworks:1", "fd00::/8"), ("OrleansSync:Outbound:AllowedNetworks:0", "127.0.0.0/8"),
            ("OrleansSync:Bitrix24:OAuth:ClientId", "id"), ("OrleansSync:Bitrix24:OAuth:ClientSecret", "secret"),
            ("OrleansSync:Bitrix24:OAuth:TokenEndpoint", "http://127.0.0.1:9/token"),
            ("OrleansSync:Cluster:SiloPort", "1"), ("OrleansSync:Cluster:GatewayPort", "65535"),
            ("OrleansSync:Cluster:AdvertisedAddress", "10.0.0.5"),
            ("OrleansSync:Cluster:ClusterId", "blue"), ("OrleansSync:Cluster:ServiceId", "a.B_c-9"),
            ("OrleansSync:Database:MaxConnections", "2")).OrRefuseStart();

        Assert.Equal((HostingMode.Cluster, Database), (settings.Mode, settings.ConnectionString!.Reveal()));
        Assert.Equal(("/data", "/keys/file"), (settings.DataDirectory, settings.KeyFile));
        Assert.Equal(new(1, 2, 3, 4), settings.SchedulePeriod);
        Assert.Equal([IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("fd00::/8")], settings.AllowedNetworks);
        Assert.Equal(
            ("id", "secret", new Uri("http://127.0.0.1:9/token")),
            (settings.Bitrix24OAuth.ClientId, settings.Bitrix24OAuth.ClientSecret!.Reveal(), settings.Bitrix24OAuth.TokenEndpoint));
        Assert.Equal(
            new ClusterSettings
            {
                SiloPort = 1,
                GatewayPort = 65535,
                AdvertisedAddress = "10.0.0.5",
                ClusterId = "blue",
                ServiceId = "a.B_c-9",
            },
            settings.Cluster);
        Assert.Equal(2, settings.Database.MaxConnections);
    }

    [Theory]
    [InlineData("http://127.0.0.1:4317", true)]
    [InlineData("https://collector.example.com/otlp", true)]
    [InlineData("collector:4317", false)]
    [InlineData("grpc://collector", false)]
    public void Read_CollectorOfTelemetry_IsAWebAddress(string address, bool isAllowed)
    {
        var reading = Read(("OTEL_EXPORTER_OTLP_ENDPOINT", address));

        Assert.Equal(isAllowed ? [] : ["OTEL_EXPORTER_OTLP_ENDPOINT"], reading.Names);
        Assert.Equal(isAllowed, reading.Settings?.HasCollector ?? false);
    }

    [Fact]
    public void Read_WhenKeysDifferInCase_KnowsThem() =>
        Assert.Equal(TimeSpan.FromMinutes(5), Read(("orleanssync:SCHEDULE:period", "00:05:00")).OrRefuseStart().SchedulePeriod);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public void Read_WhenAValueIsBlank_CountsItAsNotGiven(string blank)
    {
        var settings = Read(
            ("OrleansSync:Secrets:KeyFile", blank),
            ("OrleansSync:Schedule:Period", blank),
            ("ConnectionStrings:OrleansSync", blank)).OrRefuseStart();

        Assert.Equal((HostingMode.Embedded, null, TimeSpan.FromMinutes(30)), (settings.Mode, settings.KeyFile, settings.SchedulePeriod));
    }

    [Theory]
    [InlineData("Schedule:Period", "00:01:00", true)]
    [InlineData("Schedule:Period", "7.00:00:00", true)]
    [InlineData("Schedule:Period", "00:00:59", false)]
    [InlineData("Schedule:Period", "7.00:00:01", false)]
    [InlineData("Schedule:Period", "30", false)]
    [InlineData("Schedule:Period", "30m", false)]
    [InlineData("Schedule:Period", "00:30", false)]
    [InlineData("Schedule:Period", "-00:30:00", false)]
    [InlineData("Schedule:Period", "24:00:00", false)]
    [InlineData("Outbound:AllowedNetworks:0", "10.0.0.0/8", true)]
    [InlineData("Outbound:AllowedNetworks:7", "::1/128", true)]
    [InlineData("Outbound:AllowedNetworks:0", "0.0.0.0/0", true)]
    [InlineData("Outbound:AllowedNetworks:0", "10.0.0.1/8", false)]
    [InlineData("Outbound:AllowedNetworks:0", "10.0.0.0", false)]
    [InlineData("Outbound:AllowedNetworks:0", "10/8", false)]
    [InlineData("Outbound:AllowedNetworks:0", "10.0.0.0/33", false)]
    [InlineData("Outbound:AllowedNetworks:0", "10.0.0.0/255.0.0.0", false)]
    [InlineData("Outbound:AllowedNetworks:0", "010.0.0.0/8", false)]
    [InlineData("Outbound:AllowedNetworks:0", "::ffff:10.0.0.0/104", false)]
    [InlineData("Outbound:AllowedNetworks:0", "fe80::%1/64", false)]
    [InlineData("Outbound:AllowedNetworks:0", "localhost/8", false)]
    [InlineData("Cluster:SiloPort", "0", false)]
    [InlineData("Cluster:SiloPort", "65536", false)]
    [InlineData("Cluster:SiloPort", "+1", false)]
    [InlineData("DataDirectory", "/a\0b", false)]
    [InlineData("Secrets:KeyFile", "/a\0b", false)]
    [InlineData("Cluster:SiloPort", "1e3", false)]
    [InlineData("Cluster:GatewayPort", "eleven", false)]
    [InlineData("Cluster:GatewayPort", "11111", false)]
    [InlineData("Cluster:AdvertisedAddress", "::1", true)]
    [InlineData("Cluster:AdvertisedAddress", "0.0.0.0", false)]
    [InlineData("Cluster:AdvertisedAddress", "::", false)]
    [InlineData("Cluster:AdvertisedAddress", "10.1", false)]
    [InlineData("Cluster:AdvertisedAddress", "silo-1", false)]
    [InlineData("Cluster:ClusterId", "with space", false)]
    [InlineData("Cluster:ServiceId", "ä", false)]
    [InlineData("Database:MaxConnections", "1", false)]
    [InlineData("Database:MaxConnections", "1000", true)]
    [InlineData("Database:MaxConnections", "1001", false)]
    [InlineData("Bitrix24:OAuth:TokenEndpoint", "https://oauth.example.com/", true)]
    [InlineData("Bitrix24:OAuth:TokenEndpoint", "http://oauth.example.com/", false)]
    [InlineData("Bitrix24:OAuth:TokenEndpoint", "oauth.example.com", false)]
    [InlineData("Bitrix24:OAuth:TokenEndpoint", "https://oauth.example.com/?a=b", false)]
    public void Read_WhenAValueIsGiven_AllowsOrNamesItInItsEnvironmentForm(string setting, string value, bool isAllowed)
    {
        var reading = Read(("OrleansSync:" + setting, value));

        Assert.Equal(isAllowed ? [] : ["OrleansSync__" + setting.Replace(":", "__", StringComparison.Ordinal)], reading.Names);
        Assert.Equal(isAllowed, reading.Settings is not null);
    }

    [Theory]
    [InlineData("Schedule")]
    [InlineData("Schedule:Perriod")]
    [InlineData("Outbound:AllowedNetworks")]
    [InlineData("Outbound:AllowedNetworks:first")]
    [InlineData("Outbound:AllowedNetworks:0:x")]
    [InlineData("Anything")]
    public void Read_WhenASettingIsUnknown_NamesItAndTheKnownOnes(string setting)
    {
        var problem = Assert.Single(Read(("OrleansSync:" + setting, "10.0.0.0/8")).Problems);

        var form = "OrleansSync__" + setting.Replace(":", "__", StringComparison.Ordinal);
        Assert.StartsWith(
            $"{form} is not a setting. Known are: OrleansSync__AdminKey, OrleansSync__Bitrix24__OAuth__ClientId,",
            problem,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bitrix24:OAuth:ClientId", "Bitrix24__OAuth__ClientSecret")]
    [InlineData("Bitrix24:OAuth:ClientSecret", "Bitrix24__OAuth__ClientId")]
    public void Read_WhenHalfOfAPairIsSet_NamesTheOther(string given, string missing) =>
        Assert.Equal("OrleansSync__" + missing, Assert.Single(Read(("OrleansSync:" + given, "value")).Names));

    [Theory]
    [InlineData("Password=hush", "ConnectionStrings:OrleansSync")]
    [InlineData("Hots=db;Password=hush", "ConnectionStrings:OrleansSync")]
    [InlineData("hush", "ConnectionStrings:OrleansSync")]
    public void Read_WhenASecretIsWrong_DoesNotShowIt(string secret, string key)
    {
        var problem = Assert.Single(Read((key, secret)).Problems);

        Assert.StartsWith(key.Replace(":", "__", StringComparison.Ordinal) + " ", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_WhenPrinted_ShowNoSecret()
    {
        var settings = Read(("ConnectionStrings:OrleansSync", Database),
            ("OrleansSync:Bitrix24:OAuth:ClientId", "id"), ("OrleansSync:Bitrix24:OAuth:ClientSecret", "hush")).OrRefuseStart();

        Assert.DoesNotContain("hush", $"{settings} {settings.Bitrix24OAuth}", StringComparison.Ordinal);
    }

    [Fact]
    public void OrRefuseStart_WhenSeveralAreWrong_ListsThemAll()
    {
        var reading = Read(("OrleansSync:Schedule:Period", "30"), ("OrleansSync:Cluster:SiloPort", "0"));

        var refusal = Assert.Throws<StartRefusedException>(() => reading.OrRefuseStart());

        Assert.Equal(
            string.Join(Environment.NewLine,
                "OrleansSync cannot start because of its settings:",
                "  - OrleansSync__Schedule__Period is '30', which is not allowed. It must be a duration hh:mm:ss or d.hh:mm:ss from "
                + "00:01:00 to 7.00:00:00.",
                "  - OrleansSync__Cluster__SiloPort is '0', which is not allowed. It must be a port from 1 to 65535."),
            refusal.Message);
    }

    [Fact]
    public void Read_WhenSeveralNetworksAreWrong_NamesEach() => Assert.Equal(
        ["OrleansSync__Outbound__AllowedNetworks__0", "OrleansSync__Outbound__AllowedNetworks__2"],
        Read(
            ("OrleansSync:Outbound:AllowedNetworks:0", "10/8"), ("OrleansSync:Outbound:AllowedNetworks:1", "10.0.0.0/8"),
            ("OrleansSync:Outbound:AllowedNetworks:2", "everything")).Names);

    [Theory]
    [InlineData("AdminKey", "two words")]
    [InlineData("Oidc:Authority", "nowhere")]
    [InlineData("RateLimits:RequestsPerKey", "many")]
    [InlineData("Http:KnownProxies:0", "proxy")]
    public void Read_WhenASettingOfAnotherProgramIsWrong_IgnoresIt(string setting, string value) =>
        Assert.Empty(Read(("OrleansSync:" + setting, value)).Names);

    private static Reading Read(params (string Key, string? Value)[] values)
    {
        var reader = new SettingsReader(
            new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => KeyValuePair.Create(value.Key, value.Value))).Build());
        return new(reader, OrleansSyncSettings.Read(reader));
    }

    private sealed record Reading(SettingsReader Reader, OrleansSyncSettings Read)
    {
        public IReadOnlyList<string> Problems => Reader.Problems;

        public IEnumerable<string> Names => Problems.Select(problem => problem[..problem.IndexOf(' ', StringComparison.Ordinal)]);

        public OrleansSyncSettings? Settings => Problems.Count == 0 ? Read : null;

        public OrleansSyncSettings OrRefuseStart()
        {
            Reader.RefuseProblems();
            return Read;
        }
    }
}
