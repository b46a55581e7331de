using System.Diagnostics;
using System.Net.Sockets;
using OrleansSync.Testing.Processes;

namespace OrleansSync.Browser.Proxies;

/// <summary>
/// A real nginx that shows a service under two sub-paths, and nothing else: one that it takes off the path, as operations.md says, and one
/// that it leaves there.
/// </summary>
internal sealed class Nginx : IAsyncDisposable
{
    /// <summary>The prefix that is taken off.</summary>
    public const string Stripped = "/portal/orleanssync";

    /// <summary>The prefix that is left in the path.</summary>
    public const string Kept = "/kept";

    private readonly TemporaryDirectory _directory = new();
    private readonly int _port = LoopbackPorts.TakeFree(1)[0];
    private Process? _process;

    private Nginx(Uri service)
    {
        var upstream = service.GetLeftPart(UriPartial.Authority);
        File.WriteAllText(_directory.File("nginx.conf"), $$"""
            daemon off;
            master_process off;
            pid {{_directory.File("nginx.pid")}};
            error_log {{_directory.File("error.log")}};
            events {}
            http {
              access_log off;
              client_body_temp_path {{_directory.File("body")}};
              proxy_temp_path {{_directory.File("proxy")}};
              fastcgi_temp_path {{_directory.File("fastcgi")}};
              uwsgi_temp_path {{_directory.File("uwsgi")}};
              scgi_temp_path {{_directory.File("scgi")}};
              map $http_upgrade $connection_upgrade { default upgrade; '' ''; }
              proxy_http_version 1.1;
              proxy_buffering off;
              proxy_read_timeout 330s;
              server {
                listen 127.0.0.1:{{_port}};
                location {{Stripped}}/ { proxy_pass {{upstream}}/; {{Headers(Stripped)}} }
                location {{Kept}}/ { proxy_pass {{upstream}}; {{Headers(Kept)}} }
                location / { return 404; }
              }
            }
            """);
    }

    public static async Task<Nginx> StartAsync(Uri service)
    {
        var nginx = new Nginx(service);
        await nginx.StartAsync();
        return nginx;
    }

    /// <summary>The service under one of the prefixes.</summary>
    public Uri Under(string prefix) => new($"http://127.0.0.1:{_port}{prefix}/");

    /// <summary>Ends it, and with it all connections through it, and starts it again.</summary>
    /// <param name="whileAway">What happens in between.</param>
    public async Task RestartAsync(Func<Task> whileAway)
    {
        await StopAsync();
        await whileAway();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            FindProgram(), ["-p", _directory.Path, "-c", _directory.File("nginx.conf"), "-e", _directory.File("error.log")]))!;
        await Eventually.GetAsync("nginx listens", IsListeningAsync, listens => listens || _process.HasExited);
        if (_process.HasExited)
        {
            throw new InvalidOperationException("nginx ended: " + await File.ReadAllTextAsync(_directory.File("error.log")));
        }
    }

    private async Task StopAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    private async Task<bool> IsListeningAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Headers(string prefix) =>
        $"""
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-For $remote_addr;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_set_header X-Forwarded-Prefix {prefix};
        proxy_set_header Upgrade $http_upgrade;
        proxy_set_header Connection $connection_upgrade;
        """;

    private static string FindProgram() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/sbin")
            .Select(folder => Path.Combine(folder, "nginx")).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException("nginx is missing in PATH and in /usr/sbin. Debian's package is called nginx.");
}
