namespace OrleansSync.Storage;

/// <summary>
/// Reminders that refuse by name what the database cannot hold, at every call: what can never be stored is a mistake of the caller, and not
/// something missing.
/// </summary>
internal sealed class LimitedReminderTable(IReminderTable inner, string serviceId) : IReminderTable
{
    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken = default) => inner.StopAsync(cancellationToken);

    /// <inheritdoc />
    public Task<ReminderTableData> ReadRows(GrainId grainId) => ReadRows(grainId, CancellationToken.None);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The grain's id is too long.</exception>
    public async Task<ReminderTableData> ReadRows(GrainId grainId, CancellationToken cancellationToken)
    {
        KeyLimits.CheckReminders(serviceId, grainId);
        return await inner.ReadRows(grainId, cancellationToken);
    }

    /// <inheritdoc />
    public Task<ReminderTableData> ReadRows(uint begin, uint end) => ReadRows(begin, end, CancellationToken.None);

    /// <inheritdoc />
    public Task<ReminderTableData> ReadRows(uint begin, uint end, CancellationToken cancellationToken) =>
        inner.ReadRows(begin, end, cancellationToken);

    /// <inheritdoc />
    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => ReadRow(grainId, reminderName, CancellationToken.None);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The grain's id or the name is too long.</exception>
    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName, CancellationToken cancellationToken)
    {
        KeyLimits.CheckReminder(serviceId, grainId, reminderName);
        return await inner.ReadRow(grainId, reminderName, cancellationToken);
    }

    /// <inheritdoc />
    public Task<string?> UpsertRow(ReminderEntry entry) => UpsertRow(entry, CancellationToken.None);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The grain's id or the name is too long; nothing was registered.</exception>
    public async Task<string?> UpsertRow(ReminderEntry entry, CancellationToken cancellationToken)
    {
        KeyLimits.CheckReminder(serviceId, entry.GrainId, entry.ReminderName);
        return await inner.UpsertRow(entry, cancellationToken);
    }

    /// <inheritdoc />
    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        RemoveRow(grainId, reminderName, eTag, CancellationToken.None);

    /// <inheritdoc />
    /// <exception cref="ArgumentException">The grain's id or the name is too long.</exception>
    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag, CancellationToken cancellationToken)
    {
        KeyLimits.CheckReminder(serviceId, grainId, reminderName);
        return await inner.RemoveRow(grainId, reminderName, eTag, cancellationToken);
    }

    /// <inheritdoc />
    public Task TestOnlyClearTable() => TestOnlyClearTable(CancellationToken.None);

    /// <inheritdoc />
    public Task TestOnlyClearTable(CancellationToken cancellationToken) => inner.TestOnlyClearTable(cancellationToken);
}
