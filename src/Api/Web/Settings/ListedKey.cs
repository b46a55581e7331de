using OrleansSync.Api.Audit;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Keys;

namespace OrleansSync.Api.Web.Settings;

/// <summary>A key of an account, and what the audit trail knows of its making.</summary>
/// <param name="KeyId">The key's public part.</param>
/// <param name="MadeAt">When it was made; null where the trail does not say.</param>
/// <param name="MadeBy">Who made it; null where the trail does not say.</param>
public sealed record ListedKey(string KeyId, DateTimeOffset? MadeAt, AuditActor? MadeBy)
{
    private const int PageSize = 500;
    private const int MostPages = 4;

    /// <summary>The keys of an account, oldest first.</summary>
    public static async Task<IReadOnlyList<ListedKey>> ReadAsync(IGrainFactory grains, string accountId)
    {
        var ids = await grains.GetGrain<IAccountKeysGrain>(GrainKeys.Account(accountId)).ListAsync();
        var made = ids.IsEmpty ? [] : await MadeAsync(grains, accountId);
        return [.. ids.Select(id => made.TryGetValue(id, out var entry) ? new ListedKey(id, entry.At, entry.Actor) : new(id, null, null))];
    }

    private static async Task<Dictionary<string, AuditEntry>> MadeAsync(IGrainFactory grains, string accountId)
    {
        var trail = grains.GetGrain<IAuditGrain>(GrainKeys.Account(accountId));
        Dictionary<string, AuditEntry> made = [];
        var page = await trail.ListAsync(null, PageSize);
        for (var read = 1; ; read++)
        {
            foreach (var entry in page.Items.Where(entry => entry.Action == AuditActions.KeyCreated))
            {
                made.TryAdd(entry.Details.FirstOrDefault(detail => detail.Name == "keyId")?.Value ?? "", entry);
            }

            if (page.Next is null || read == MostPages)
            {
                return made;
            }

            page = await trail.ListAsync(page.Next, PageSize);
        }
    }
}
