using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Playwright;

namespace OrleansSync.Browser.Visits;

/// <summary>What comes to a page over the wire, as many bytes as it is there.</summary>
internal sealed class Wire
{
    private readonly ICDPSession _session;
    private readonly IPage _page;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _open = [];
    private readonly Dictionary<string, Answer> _answers = [];
    private TaskCompletionSource _quiet = new();

    private Wire(ICDPSession session, IPage page)
    {
        _session = session;
        _page = page;
        On("Network.requestWillBeSent", (request, _) => _open.Add(request));
        On("Network.responseReceived", (request, told) => _answers[request] = Answer.Of(told));
        On("Network.loadingFailed", (request, _) => _open.Remove(request));
        On("Network.loadingFinished", (request, told) =>
        {
            _open.Remove(request);
            if (_answers.TryGetValue(request, out var answer))
            {
                _answers[request] = answer with { Bytes = (long)told.GetProperty("encodedDataLength").GetDouble() };
            }
        });
    }

    /// <summary>Listens to a page from now on.</summary>
    public static async Task<Wire> ListenAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var wire = new Wire(session, page);
        await session.SendAsync("Network.enable");
        return wire;
    }

    /// <summary>Opens an address as somebody who was never there; answers all that came until the page had its fonts.</summary>
    public async Task<ImmutableArray<Answer>> OpenAnewAsync(string address)
    {
        await _session.SendAsync("Network.clearBrowserCache");
        lock (_lock)
        {
            _answers.Clear();
        }

        await _page.GotoAsync(address);
        await _page.EvaluateAsync("document.fonts.ready.then(() => true)");
        Task quiet;
        lock (_lock)
        {
            _quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            TellWhenQuiet();
            quiet = _quiet.Task;
        }

        await quiet.WaitAsync(TestContext.Current.CancellationToken);
        lock (_lock)
        {
            return [.. _answers.Values];
        }
    }

    private void On(string name, Action<string, JsonElement> note) => _session.Event(name).OnEvent += (_, told) =>
    {
        lock (_lock)
        {
            note(told!.Value.GetProperty("requestId").GetString()!, told.Value);
            TellWhenQuiet();
        }
    };

    private void TellWhenQuiet()
    {
        if (_open.Count == 0)
        {
            _quiet.TrySetResult();
        }
    }
}

/// <summary>An answer to one request of a page.</summary>
/// <param name="Address">What was asked for.</param>
/// <param name="Kind">What the browser took it for: <c>Document</c>, <c>Stylesheet</c>, <c>Script</c>, <c>Font</c>, …</param>
/// <param name="Encoding">How it was compressed; empty when it was not.</param>
/// <param name="Caching">How long a browser may keep it.</param>
/// <param name="Bytes">How many bytes came, with the headers.</param>
internal sealed record Answer(string Address, string Kind, string Encoding, string Caching, long Bytes)
{
    /// <summary>Reads what the browser tells of it.</summary>
    public static Answer Of(JsonElement told)
    {
        var response = told.GetProperty("response");
        var headers = response.GetProperty("headers").EnumerateObject()
            .ToDictionary(header => header.Name, header => header.Value.GetString()!, StringComparer.OrdinalIgnoreCase);
        return new Answer(
            response.GetProperty("url").GetString()!,
            told.GetProperty("type").GetString()!,
            headers.GetValueOrDefault("content-encoding", ""),
            headers.GetValueOrDefault("cache-control", ""),
            Bytes: 0);
    }
}
