using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace OrleansSync.Testing.Loopback;

/// <summary>Ways in which a server fails to answer.</summary>
internal static class Faults
{
    /// <summary>Breaks the connection before a byte of the answer.</summary>
    public static Task DropAsync(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Promises more than comes: Kestrel closes the connection in order, so that what came is not lost with it.</summary>
    public static async Task CutShortAsync(HttpContext context)
    {
        context.Response.ContentLength = 1000;
        await context.Response.WriteAsync("{\"result\":", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    /// <summary>Sends white space for as long as anybody reads.</summary>
    public static async Task EndlessAsync(HttpContext context)
    {
        var blank = new byte[64 * 1024];
        Array.Fill(blank, (byte)' ');
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(blank, context.RequestAborted);
        }
    }

    /// <summary>Sends the beginning of an answer, says so, and then nothing until the other side gives up.</summary>
    public static async Task StallAsync(HttpContext context, TaskCompletionSource begun)
    {
        await context.Response.WriteAsync("{", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        begun.SetResult();
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    }

    /// <summary>A port that nobody listens on: bound for as long as it is held, so that nobody else gets it either.</summary>
    public static Socket ClosedPort(out Uri url)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        url = new Uri($"http://127.0.0.1:{((IPEndPoint)socket.LocalEndPoint!).Port}/");
        return socket;
    }
}
