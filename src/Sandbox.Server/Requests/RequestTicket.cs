namespace OrleansSync.Sandbox.Requests;

/// <summary>A request in flight: what is known of it at its arrival.</summary>
internal readonly record struct RequestTicket(long Sequence, DateTimeOffset At, Vendor Vendor, string Target, string Method);
