using System.Diagnostics;
using System.Text;

namespace OrleansSync.Testing.Processes;

/// <summary>What a process writes to both of its streams, line by line as it comes.</summary>
internal sealed class ProcessOutput
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _errors = new();

    /// <summary>Called with each line as it comes.</summary>
    public event Action<string>? Wrote;

    /// <summary>Everything so far.</summary>
    public string Text => Read(_text);

    /// <summary>What went to the error stream so far.</summary>
    public string Errors => Read(_errors);

    /// <summary>The last lines: enough to see why something failed.</summary>
    public string Tail => Text is { Length: > 20_000 } text ? "…" + text[^20_000..] : Text;

    /// <summary>Listens to a process that was started with both streams redirected.</summary>
    public void Follow(Process process)
    {
        process.OutputDataReceived += (_, line) => Keep(line.Data, isError: false);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, isError: true);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    private string Read(StringBuilder text)
    {
        lock (_text)
        {
            return text.ToString();
        }
    }

    private void Keep(string? line, bool isError)
    {
        if (line is null)
        {
            return;
        }

        lock (_text)
        {
            _text.AppendLine(line);
            if (isError)
            {
                _errors.AppendLine(line);
            }
        }

        Wrote?.Invoke(line);
    }
}
