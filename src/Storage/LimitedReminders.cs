using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace OrleansSync.Storage;

/// <summary>Puts the limits of keys around the reminder table of a provider.</summary>
internal static class LimitedReminders
{
    /// <summary>Wraps the reminder table that was added last. The provider's own class is internal, hence by its registration.</summary>
    public static void LimitReminderKeys(this IServiceCollection services)
    {
        var added = services.Last(service => service.ServiceType == typeof(IReminderTable));
        services.Remove(added);
        services.AddSingleton<IReminderTable>(provider => new LimitedReminderTable(
            (IReminderTable)ActivatorUtilities.CreateInstance(provider, added.ImplementationType!),
            provider.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId));
    }
}
