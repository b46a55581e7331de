using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansSync.Hosting.Telemetry;

/// <summary>
/// A span and a measured time for each request to a vendor. Neither holds any part of the address: the path of a Bitrix24 webhook is a
/// secret, and its host is as good as an account's id.
/// </summary>
internal sealed class VendorCallTelemetry(string vendor, TimeProvider time) : DelegatingHandler
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string SourceName = "OrleansSync";

    private static readonly ActivitySource _source = new(SourceName);
    private static readonly Meter _meter = new(SourceName);

    private static readonly Histogram<double> _duration = _meter.CreateHistogram<double>(
        "orleanssync.vendor.request.duration", "s", "Time of a request to a vendor until its answer began.");

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var span = _source.StartActivity($"{vendor} request", ActivityKind.Client);
        var begin = time.GetTimestamp();
        var outcome = "failed";
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            outcome = ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return response;
        }
        catch (Exception exception)
        {
            // The type only: the message is not under this project's control.
            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
        finally
        {
            span?.SetTag("orleanssync.vendor", vendor).SetTag("orleanssync.outcome", outcome);
            _duration.Record(
                time.GetElapsedTime(begin).TotalSeconds,
                new KeyValuePair<string, object?>("vendor", vendor),
                new KeyValuePair<string, object?>("outcome", outcome));
        }
    }
}
