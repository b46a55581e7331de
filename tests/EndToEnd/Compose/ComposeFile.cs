using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using OrleansSync.Testing.Processes;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace OrleansSync.EndToEnd.Compose;

/// <summary>docker-compose.yml as compose reads it: anchors merged, variables put in.</summary>
internal sealed partial class ComposeFile
{
    private readonly Dictionary<string, Dictionary<string, object>> _services;

    private ComposeFile(Dictionary<string, Dictionary<string, object>> services) => _services = services;

    /// <summary>Where the file is.</summary>
    public static string Location { get; } = Path.Combine(ServiceBinaries.Root, "docker-compose.yml");

    /// <summary>The services' names, each after those it depends on.</summary>
    public IReadOnlyList<string> StartOrder
    {
        get
        {
            var order = new List<string>();
            foreach (var name in _services.Keys)
            {
                Visit(name, order);
            }

            return order;
        }
    }

    /// <summary>Reads the file.</summary>
    /// <param name="variables">What the file takes from its environment; one that it asks for and that is missing fails.</param>
    public static ComposeFile Read(IReadOnlyDictionary<string, string> variables)
    {
        var text = Variable().Replace(File.ReadAllText(Location), match => variables[match.Groups["name"].Value]);
        var root = new DeserializerBuilder()
            .Build()
            .Deserialize<Dictionary<string, object>>(new MergingParser(new Parser(new StringReader(text))));
        return new ComposeFile(Map(root["services"]).ToDictionary(pair => pair.Key, pair => Map(pair.Value)));
    }

    /// <summary>A service's environment.</summary>
    public Dictionary<string, string> EnvironmentOf(string service) => _services[service].TryGetValue("environment", out var environment)
        ? Map(environment).ToDictionary(pair => pair.Key, pair => Text(pair.Value))
        : [];

    /// <summary>A service's command line behind the image's entry point.</summary>
    public string[] CommandOf(string service) =>
        _services[service].TryGetValue("command", out var command) ? [.. ((List<object>)command).Select(Text)] : [];

    /// <summary>What the services that this one depends on must have come to, by their names.</summary>
    public Dictionary<string, string> DependenciesOf(string service) => _services[service].GetValueOrDefault("depends_on") switch
    {
        null => [],
        List<object> names => names.ToDictionary(Text, _ => "service_started"),
        var conditions => Map(conditions).ToDictionary(pair => pair.Key, pair => Text(Map(pair.Value)["condition"])),
    };

    /// <summary>The one port that a service publishes, as <c>ADDRESS:PORT</c> of the host.</summary>
    public string PublishedAddressOf(string service)
    {
        var published = Text(Assert.Single((List<object>)_services[service]["ports"]));
        return published[..published.LastIndexOf(':')];
    }

    /// <summary>
    /// The built program that a service's image runs: by the entry point of the Dockerfile that makes the image. Null for images of others.
    /// </summary>
    public string? ProgramOf(string service)
    {
        var image = Text(_services[service]["image"]);
        var builder = _services.Values.FirstOrDefault(other => Text(other["image"]) == image && other.ContainsKey("build"));
        if (builder is null)
        {
            return null;
        }

        var dockerfile = Path.Combine(ServiceBinaries.Root, Text(Map(builder["build"])["dockerfile"]));
        var entryPoint =
            File.ReadLines(dockerfile).Last(line => line.StartsWith("ENTRYPOINT ", StringComparison.Ordinal))["ENTRYPOINT ".Length..];
        var program = JsonSerializer.Deserialize<string[]>(entryPoint)![1];
        return new[] { ServiceBinaries.Api, ServiceBinaries.Silo }.Single(path => Path.GetFileName(path) == program);
    }

    private void Visit(string service, List<string> order)
    {
        if (!order.Contains(service))
        {
            foreach (var dependency in DependenciesOf(service).Keys)
            {
                Visit(dependency, order);
            }

            order.Add(service);
        }
    }

    private static Dictionary<string, object> Map(object node) => node as Dictionary<string, object>
        ?? ((Dictionary<object, object>)node).ToDictionary(pair => Text(pair.Key), pair => pair.Value);

    private static string Text(object node) => Convert.ToString(node, CultureInfo.InvariantCulture)!;

    [GeneratedRegex(@"\$\{(?<name>\w+)(:\?[^}]*)?\}")]
    private static partial Regex Variable();
}
