using System.Collections.Concurrent;
using Orleans.Timers;

namespace OrleansSync.Grains.Tests.Portals;

/// <summary>
/// Keeps reminders and never lets them tick: a test that moves the clock would start runs of the accounts of all others, and the next move
/// would end the calls that these have under way.
/// </summary>
internal sealed class SilentReminders : IReminderRegistry
{
    private readonly ConcurrentDictionary<(GrainId Grain, string Name), IGrainReminder> _reminders = [];

    public Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period) =>
        Task.FromResult(_reminders[(callingGrainId, reminderName)] = new Reminder(reminderName));

    public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        _reminders.TryRemove((callingGrainId, reminder.ReminderName), out _);
        return Task.CompletedTask;
    }

    public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
        Task.FromResult(_reminders.GetValueOrDefault((callingGrainId, reminderName)));

    public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        Task.FromResult<List<IGrainReminder>>([.. _reminders.Where(pair => pair.Key.Grain == callingGrainId).Select(pair => pair.Value)]);

    private sealed record Reminder(string ReminderName) : IGrainReminder;
}
