using System.Net;
using System.Reflection;
using Microsoft.Extensions.Configuration;
using OrleansSync.Api.Settings;
using OrleansSync.Hosting.Settings;

namespace OrleansSync.Api.Tests.Settings;

public sealed class ApiSettingsTests
{
    [Fact]
    public void Read_WhenNothingIsSet_AnswersTheDefaults()
    {
        var (settings, problems) = Read();

        Assert.Empty(problems);
        Assert.Equal((null, null), (settings.AdminKey, settings.Oidc));
        Assert.Empty(settings.KnownProxies);
        Assert.Equal(
            new RateLimitSettings
            {
                RequestsPerKey = 3000,
                RequestsPerAddress = 3000,
                EventsPerAccount = 600,
                EventsPerAddress = 6000,
                WrongKeysPerAddress = 1200,
            },
            settings.RateLimits);
    }

    [Fact]
    public void Read_WhenEverythingIsSet_AnswersIt()
    {
        var (settings, problems) = Read(
            ("AdminKey", "operator-key"), ("Oidc:Authority", "https://login.example.com/tenant"), ("Oidc:Audience", "orleanssync"),
            ("Http:KnownProxies:1", "fd00::/8"), ("Http:KnownProxies:0", "10.0.0.7/32"), ("RateLimits:EventsPerAccount", "7"),
            ("Bitrix24:OAuth:ClientId", "id"), ("Bitrix24:OAuth:RedirectAddress", "https://sync.example.com/connect/bitrix24"));

        Assert.Empty(problems);
        Assert.Equal("operator-key", settings.AdminKey!.Reveal());
        Assert.Equal(new OidcIssuer(new("https://login.example.com/tenant"), "orleanssync"), settings.Oidc);
        Assert.Equal([IPNetwork.Parse("10.0.0.7/32"), IPNetwork.Parse("fd00::/8")], settings.KnownProxies);
        Assert.Equal(7, settings.RateLimits.EventsPerAccount);
        Assert.Equal(
            new ConsentSettings { ClientId = "id", RedirectAddress = new("https://sync.example.com/connect/bitrix24") }, settings.Consent);
    }

    [Theory]
    [InlineData("RateLimits:RequestsPerKey", "1", true)]
    [InlineData("RateLimits:RequestsPerKey", "0", false)]
    [InlineData("RateLimits:RequestsPerAddress", "1000001", false)]
    [InlineData("RateLimits:EventsPerAccount", "-1", false)]
    [InlineData("RateLimits:EventsPerAddress", "many", false)]
    [InlineData("RateLimits:WrongKeysPerAddress", "1000000", true)]
    [InlineData("Http:KnownProxies:0", "10.0.0.7/32", true)]
    [InlineData("Http:KnownProxies:0", "10.0.0.7/8", false)]
    [InlineData("Http:KnownProxies:7", "proxy", false)]
    [InlineData("AdminKey", "two words", false)]
    [InlineData("AdminKey", "ключ", false)]
    public void Read_WhenAValueIsGiven_AllowsOrNamesItInItsEnvironmentForm(string setting, string value, bool isAllowed) =>
        Assert.Equal(isAllowed ? [] : [SettingNames.InEnvironment(setting)], Names((setting, value)));

    [Theory]
    [InlineData("https://sync.example.com/connect/bitrix24", true)]
    [InlineData("https://example.com/sync/connect/bitrix24", true)]
    [InlineData("http://127.0.0.1:5080/connect/bitrix24", true)]
    [InlineData("http://sync.example.com/connect/bitrix24", false)]
    [InlineData("https://sync.example.com/", false)]
    public void Read_RedirectAddress_MustBeThePageOfThisService(string address, bool isAllowed) => Assert.Equal(
        isAllowed ? [] : ["OrleansSync__Bitrix24__OAuth__RedirectAddress"],
        Names(("Bitrix24:OAuth:ClientId", "id"), ("Bitrix24:OAuth:RedirectAddress", address)));

    [Theory]
    [InlineData("Oidc:Audience", "Oidc__Authority")]
    [InlineData("Oidc:ClientId", "Oidc__Authority")]
    [InlineData("Oidc:ClientSecret", "Oidc__ClientId")]
    public void Read_PartOfAnIssuer_NamesWhatIsMissing(string given, string missing) =>
        Assert.Equal("OrleansSync__" + missing, Assert.Single(Names((given, "value"))));

    [Fact]
    public void Read_RedirectAddressWithoutAnApplication_NamesWhatIsMissing() => Assert.Equal(
        "OrleansSync__Bitrix24__OAuth__ClientId",
        Assert.Single(Names(("Bitrix24:OAuth:RedirectAddress", "https://sync.example.com/connect/bitrix24"))));

    [Fact]
    public void Read_WhenASecretIsWrong_DoesNotShowIt() =>
        Assert.DoesNotContain("hush", Assert.Single(Read(("AdminKey", "hush hush")).Problems), StringComparison.Ordinal);

    [Fact]
    public void Settings_WhenPrinted_ShowNoSecret()
    {
        var (settings, _) = Read(
            ("AdminKey", "hush"), ("Oidc:Authority", "https://login.example.com"), ("Oidc:Audience", "a"), ("Oidc:ClientId", "b"),
            ("Oidc:ClientSecret", "hush"));

        Assert.DoesNotContain("hush", settings.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WhenEverySendersForwardedHeadersShallBeBelieved_RefusesAndNamesTheOtherSetting()
    {
        var reader = new SettingsReader(
            new ConfigurationBuilder().AddInMemoryCollection([new("ForwardedHeaders_Enabled", "True")]).Build());
        ApiSettings.Read(reader);

        var problem = Assert.Single(reader.Problems);
        Assert.StartsWith("ASPNETCORE_FORWARDEDHEADERS_ENABLED ", problem, StringComparison.Ordinal);
        Assert.Contains("OrleansSync__Http__KnownProxies__0", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void SettingNames_AreTheMembersOfAllOptionsClasses()
    {
        var members = new[] { typeof(ApiSettings).Assembly, typeof(SettingNames).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.GetCustomAttribute<SectionAttribute>() is not null)
            .SelectMany(type => type.GetProperties()
                .Where(property => property.SetMethod is not null)
                .Select(property => (
                    $"{SettingNames.PathOf(type)}:{property.Name}"
                    + (property.PropertyType.IsGenericType && property.PropertyType.IsInterface ? ":0" : "")).TrimStart(':')));

        Assert.Equal(SettingNames.All.Order(StringComparer.Ordinal), members.Distinct().Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(params (string Key, string Value)[] values) =>
        Read(values).Problems.Select(problem => problem[..problem.IndexOf(' ', StringComparison.Ordinal)]);

    private static (ApiSettings Settings, IReadOnlyList<string> Problems) Read(params (string Key, string Value)[] values)
    {
        var reader = new SettingsReader(new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create("OrleansSync:" + value.Key, (string?)value.Value))).Build());
        return (ApiSettings.Read(reader), reader.Problems);
    }
}
