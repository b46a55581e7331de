using OrleansSync.Testing.Client;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Testing.Services;

/// <summary>The product, running in processes of its own.</summary>
internal abstract class RunningService : IAsyncDisposable
{
    /// <summary>The operator's key in all tests.</summary>
    public const string AdminKey = "e2e-operator-key-3f9c17d2a85b";

    /// <summary>Where the API answers.</summary>
    public required Uri Address { get; init; }

    /// <summary>The API with the operator's key.</summary>
    public ApiClient Api => new(Address, AdminKey, () => Output);

    /// <summary>What all processes wrote so far, those included that have ended.</summary>
    public abstract string Output { get; }

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>Settings that every process under test has.</summary>
    /// <param name="options">What differs between tests.</param>
    protected static Dictionary<string, string> Settings(ServiceOptions options)
    {
        var settings = new Dictionary<string, string>
        {
            ["OrleansSync__AdminKey"] = AdminKey,
            ["OrleansSync__Outbound__AllowedNetworks__0"] = "127.0.0.0/8",
            ["OrleansSync__Schedule__Period"] = options.Period,
        };
        if (options.OAuth is { } sandbox)
        {
            settings["OrleansSync__Bitrix24__OAuth__ClientId"] = sandbox.Options.OAuthClientId;
            settings["OrleansSync__Bitrix24__OAuth__ClientSecret"] = sandbox.Options.OAuthClientSecret;
            settings["OrleansSync__Bitrix24__OAuth__TokenEndpoint"] = sandbox.TokenEndpoint.AbsoluteUri;
        }

        foreach (var (setting, value) in options.More)
        {
            settings[setting] = value;
        }

        return settings;
    }

    /// <summary>What a process wrote, with its name above.</summary>
    protected static string OutputOf(ServiceProcess process) =>
        $"== {process.Name}{Environment.NewLine}{process.Output.Tail}{Environment.NewLine}";
}
