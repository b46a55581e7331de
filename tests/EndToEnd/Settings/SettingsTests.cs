using OrleansSync.Testing.Processes;

namespace OrleansSync.EndToEnd.Settings;

/// <summary>Settings that stop the start.</summary>
public sealed class SettingsTests
{
    [Theory]
    [InlineData("OrleansSync__Schedule__Period", "00:00:30")]
    [InlineData("OrleansSync__Schedule__Period", "30")]
    [InlineData("OrleansSync__Outbound__AllowedNetworks__0", "10.0.0.1/8")]
    [InlineData("OrleansSync__NoSuchSetting", "1")]
    [InlineData("OrleansSync__Secrets__KeyFile", "/nowhere/key.file")]
    [InlineData("OrleansSync__Bitrix24__OAuth__ClientId", "alone")]
    [InlineData("ConnectionStrings__OrleansSync", "no connection string")]
    public async Task Api_WrongSetting_StopsWithAMessageThatNamesIt(string setting, string value)
    {
        using var directory = new TemporaryDirectory();
        await using var process = Start(ServiceBinaries.Api, directory, new() { [setting] = value });
        await AssertRefusedAsync(process, setting);
    }

    [Theory]
    [InlineData("OrleansSync__Cluster__SiloPort", "0")]
    [InlineData("OrleansSync__Cluster__AdvertisedAddress", "not-an-address")]
    [InlineData("OrleansSync__Secrets__KeyFile", "")]
    [InlineData("ConnectionStrings__OrleansSync", "")]
    public async Task Silo_WrongSetting_StopsWithAMessageThatNamesIt(string setting, string value)
    {
        using var directory = new TemporaryDirectory();
        var settings = new Dictionary<string, string>
        {
            ["ConnectionStrings__OrleansSync"] = "Host=127.0.0.1;Port=1;Database=none;Username=none;Password=p",
            ["OrleansSync__Secrets__KeyFile"] = "/nowhere/key.file",
            ["OrleansSync__AdminKey"] = "key",
            [setting] = value,
        };
        await using var process = Start(ServiceBinaries.Silo, directory, settings);
        await AssertRefusedAsync(process, setting);
    }

    private static ServiceProcess Start(string program, TemporaryDirectory directory, Dictionary<string, string> settings)
    {
        settings["OrleansSync__DataDirectory"] = Path.Combine(directory.Path, "data");
        settings["ASPNETCORE_URLS"] = $"http://127.0.0.1:{LoopbackPorts.TakeFree(1)[0]}";
        return ServiceProcess.Start("refused", program, settings);
    }

    private static async Task AssertRefusedAsync(ServiceProcess process, string setting)
    {
        Assert.NotEqual(0, await process.WaitForEndAsync());
        Assert.Contains(setting, process.Output.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output.Text, StringComparison.Ordinal);
    }
}
