using System.Diagnostics;
using System.Text;

namespace OrleansSync.Testing.Processes;

/// <summary>What a process writes to both of its streams, line by line as it comes.</summary>
internal sealed class ProcessOutput
{
    private readonly StringBuilder _text = new();

    /// <summary>Called with each line as it comes.</summary>
    public event Action<string>? Wrote;

    /// <summary>Everything so far.</summary>
    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>The last lines: enough to see why something failed.</summary>
    public string Tail => Text is { Length: > 20_000 } text ? "…" + text[^20_000..] : Text;

    /// <summary>Listens to a process that was started with both streams redirected.</summary>
    public void Follow(Process process)
    {
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_text)
        {
            _text.AppendLine(line);
        }

        Wrote?.Invoke(line);
    }
}
