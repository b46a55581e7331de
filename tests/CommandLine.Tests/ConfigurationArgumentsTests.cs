namespace OrleansSync.CommandLine.Tests;

public sealed class ConfigurationArgumentsTests
{
    [Theory]
    [InlineData("--urls=http://127.0.0.1:5080", "--urls=http://127.0.0.1:5080")]
    [InlineData("--urls http://127.0.0.1:5080", "--urls=http://127.0.0.1:5080")]
    [InlineData("--URLS http://127.0.0.1:5080", "--URLS=http://127.0.0.1:5080")]
    [InlineData("--http_ports 8080", "--http_ports=8080")]
    [InlineData("--https_ports=8443", "--https_ports=8443")]
    [InlineData("--environment Development", "--environment=Development")]
    [InlineData("--contentRoot=/srv", "--contentRoot=/srv")]
    [InlineData("--applicationName x", "--applicationName=x")]
    [InlineData("--AllowedHosts=a;b", "--AllowedHosts=a;b")]
    [InlineData("--OrleansSync:Schedule:Period=00:10:00", "--OrleansSync:Schedule:Period=00:10:00")]
    [InlineData("--orleanssync:schedule:period 00:10:00", "--orleanssync:schedule:period=00:10:00")]
    [InlineData("--ConnectionStrings:OrleansSync Host=db;Database=d", "--ConnectionStrings:OrleansSync=Host=db;Database=d")]
    [InlineData("--ConnectionStrings:OrleansSync=Host=db;Database=d", "--ConnectionStrings:OrleansSync=Host=db;Database=d")]
    [InlineData("--Logging:LogLevel:Default=Debug", "--Logging:LogLevel:Default=Debug")]
    [InlineData("--Kestrel:Endpoints:Http:Url http://127.0.0.1:1", "--Kestrel:Endpoints:Http:Url=http://127.0.0.1:1")]
    [InlineData("--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317", "--OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317")]
    [InlineData("--OrleansSync:AdminKey=--a=b", "--OrleansSync:AdminKey=--a=b")]
    [InlineData("--OrleansSync:DataDirectory=", "--OrleansSync:DataDirectory=")]
    public void Take_Setting_IsForTheConfiguration(string line, string taken)
    {
        var arguments = new ConfigurationArguments(line.Split(' '));

        Assert.Equal([taken], arguments.Taken);
        Assert.Empty(arguments.Others);
        Assert.Empty(arguments.Mistakes);
    }

    [Theory]
    [InlineData("--demo")]
    [InlineData("migrate")]
    [InlineData("--url http://127.0.0.1:5080")]
    [InlineData("--OrleansSync=1")]
    [InlineData("--OrleansSync:=1")]
    [InlineData("--OrleansSynk:Schedule:Period=00:10:00")]
    [InlineData("--OTEL_=1")]
    [InlineData("--ASPNETCORE_URLS=http://127.0.0.1:5080")]
    [InlineData("-urls=http://127.0.0.1:5080")]
    [InlineData("urls=http://127.0.0.1:5080")]
    public void Take_Another_IsLeft(string line)
    {
        var arguments = new ConfigurationArguments(line.Split(' '));

        Assert.Equal(line.Split(' '), arguments.Others);
        Assert.Empty(arguments.Taken);
        Assert.Empty(arguments.Mistakes);
    }

    [Fact]
    public void Take_SettingsAroundACommand_KeepsTheOrderOfBoth()
    {
        var arguments = new ConfigurationArguments(
            ["--urls", "http://127.0.0.1:1", "migrate", "--Logging:LogLevel:Default=Debug", "--demo"]);

        Assert.Equal(["--urls=http://127.0.0.1:1", "--Logging:LogLevel:Default=Debug"], arguments.Taken);
        Assert.Equal(["migrate", "--demo"], arguments.Others);
    }

    [Theory]
    [InlineData("--urls", "--urls needs a value: --urls=VALUE.")]
    [InlineData("--urls --demo", "--urls needs a value: --urls=VALUE.")]
    [InlineData("--OrleansSync:AdminKey -x", "--OrleansSync:AdminKey needs a value: --OrleansSync:AdminKey=VALUE.")]
    [InlineData(
        "--OrleansSync__AdminKey secret",
        "--OrleansSync__AdminKey is how the environment names it; as an argument it is --OrleansSync:AdminKey.")]
    [InlineData(
        "--OrleansSync__AdminKey=secret",
        "--OrleansSync__AdminKey is how the environment names it; as an argument it is --OrleansSync:AdminKey.")]
    public void Take_SettingThatMeansNothing_IsAMistakeWithoutItsValue(string line, string mistake)
    {
        var arguments = new ConfigurationArguments(line.Split(' '));

        Assert.Equal([mistake], arguments.Mistakes);
        Assert.Empty(arguments.Taken);
        Assert.DoesNotContain("secret", arguments.Others);
    }
}
