using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OrleansSync.Hosting.Settings;

/// <summary>Where a silo listens and which cluster it joins.</summary>
[Section("Cluster")]
public sealed record ClusterSettings : IValidatableObject
{
    /// <summary>TCP port for other silos. Default 11111.</summary>
    [Within(1, 65535, "a port from 1 to 65535")]
    public int SiloPort { get; init; } = 11111;

    /// <summary>TCP port for clients. Default 30000.</summary>
    [Within(1, 65535, "a port from 1 to 65535")]
    public int GatewayPort { get; init; } = 30000;

    /// <summary>The address that others reach this silo at; <see langword="null"/> means the machine's own.</summary>
    [ReachableAddress]
    public string? AdvertisedAddress { get; init; }

    /// <summary>Silos and clients with the same id find each other. Default <c>orleanssync</c>.</summary>
    [ClusterName]
    public string ClusterId { get; init; } = "orleanssync";

    /// <summary>State and reminders belong to a service id, so it outlives clusters. Default <c>orleanssync</c>.</summary>
    [ClusterName]
    public string ServiceId { get; init; } = "orleanssync";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => SiloPort != GatewayPort
        ? []
        : [new($"OrleansSync__Cluster__GatewayPort is {GatewayPort} and so is OrleansSync__Cluster__SiloPort; the two ports must differ.")];
}

[OptionsValidator]
internal sealed partial class ClusterSettingsValidator : IValidateOptions<ClusterSettings>;
