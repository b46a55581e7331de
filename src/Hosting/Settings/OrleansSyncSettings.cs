using System.Net;
using Npgsql;

namespace OrleansSync.Hosting.Settings;

/// <summary>How the processes of this installation are put together.</summary>
public enum HostingMode
{
    /// <summary>One process with an embedded silo and its state in a SQLite file: no connection string is set.</summary>
    Embedded,

    /// <summary>Silos and API processes that meet in a PostgreSQL database.</summary>
    Cluster,
}

/// <summary>What every process needs, checked.</summary>
public sealed record OrleansSyncSettings
{
    private const string ConnectionStringName = "ConnectionStrings__OrleansSync";
    private const string OtlpName = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The PostgreSQL connection string (<c>ConnectionStrings__OrleansSync</c>); <see langword="null"/> means embedded.</summary>
    public SecretText? ConnectionString { get; init; }

    /// <summary>Embedded or cluster, which follows from <see cref="ConnectionString"/> alone.</summary>
    public HostingMode Mode => ConnectionString is null ? HostingMode.Embedded : HostingMode.Cluster;

    /// <summary>Absolute path of the directory with the SQLite file and the keys. Default: a folder of the user.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>
    /// Absolute path of the file that protects the key ring; <see langword="null"/> means one is made in the data directory, embedded only.
    /// </summary>
    public string? KeyFile { get; init; }

    /// <summary>Time between two scheduled imports of an account (R1.1). Default 30 minutes.</summary>
    public TimeSpan SchedulePeriod { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Networks that account URLs may reach although private or loopback, and over plain http. Default none.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>The Bitrix24 OAuth application.</summary>
    public Bitrix24OAuthSettings Bitrix24OAuth { get; init; } = new();

    /// <summary>Where this silo listens and which cluster it belongs to. Without effect when embedded.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>Limits of the use of PostgreSQL. Without effect when embedded.</summary>
    public DatabaseSettings Database { get; init; } = new();

    /// <summary>Whether traces, metrics and logs go to an OpenTelemetry collector (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>).</summary>
    public bool HasCollector { get; init; }

    /// <summary>Reads what every process needs.</summary>
    /// <param name="reader">Gathers the problems.</param>
    /// <returns>The settings; only to be used after <see cref="SettingsReader.RefuseProblems"/>.</returns>
    public static OrleansSyncSettings Read(SettingsReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var schedule = reader.Read(new ScheduleSettingsValidator());
        var outbound = reader.Read(new OutboundSettingsValidator());
        var settings = new OrleansSyncSettings
        {
            ConnectionString = ReadConnectionString(reader),
            DataDirectory = ReadDataDirectory(reader),
            KeyFile = reader.Read(new SecretsSettingsValidator()).KeyFile is { } file ? Path.GetFullPath(file) : null,
            SchedulePeriod = SettingValues.Duration(schedule.Period) ?? default,
            AllowedNetworks = SettingValues.Networks(outbound.AllowedNetworks),
            Bitrix24OAuth = reader.Read(new Bitrix24OAuthSettingsValidator()),
            Cluster = reader.Read(new ClusterSettingsValidator()),
            Database = reader.Read(new DatabaseSettingsValidator()),
            HasCollector = ReadCollector(reader),
        };
        if (settings is { Bitrix24OAuth.TokenEndpoint: { Scheme: "http" } endpoint, AllowedNetworks.Count: 0 })
        {
            reader.Refuse(new SecureAddressAttribute(Bitrix24OAuthSettings.TokenEndpointRule).Refusal(
                SettingNames.InEnvironment(typeof(Bitrix24OAuthSettings), nameof(Bitrix24OAuthSettings.TokenEndpoint)),
                endpoint.OriginalString));
        }

        return settings;
    }

    private static SecretText? ReadConnectionString(SettingsReader reader)
    {
        var text = reader.Configuration.GetConnectionString(SettingNames.Root);
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        try
        {
            var builder = new NpgsqlConnectionStringBuilder(text);
            if (string.IsNullOrWhiteSpace(builder.Host) || string.IsNullOrWhiteSpace(builder.Database))
            {
                reader.Refuse($"{ConnectionStringName} must name a host and a database: Host=…;Database=…;Username=…;Password=….");
            }
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The text of the exception may quote the value, which holds the password.
            reader.Refuse(
                $"{ConnectionStringName} is not a PostgreSQL connection string. It has the form Host=…;Database=…;Username=…;Password=….");
        }

        return new(text);
    }

    private static string ReadDataDirectory(SettingsReader reader)
    {
        if (reader.Read(new DataSettingsValidator()).DataDirectory is { } given)
        {
            return Path.GetFullPath(given);
        }

        var folder = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        if (folder.Length == 0)
        {
            reader.Refuse("OrleansSync__DataDirectory must be set, because this user has no home directory to keep data in.");
        }

        return Path.Combine(folder, "OrleansSync");
    }

    private static bool ReadCollector(SettingsReader reader)
    {
        if (reader.Configuration[OtlpName] is not { } text || string.IsNullOrWhiteSpace(text))
        {
            return false;
        }

        if (SettingValues.WebAddress(text) is null)
        {
            reader.Refuse(
                $"{OtlpName} is '{text}', which is not allowed. It must be the http or https URL of a collector, such as "
                + "http://127.0.0.1:4317.");
        }

        return true;
    }
}
