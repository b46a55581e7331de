using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Import;

/// <summary>Who holds which employee, and whose addresses are whose, while one run decides.</summary>
internal sealed class LinkHolders
{
    private readonly Dictionary<long, long> _userOfEmployee = [];
    private readonly Dictionary<long, long> _deletedUserOfEmployee = [];

    // Only who is not matched by id is asked about.
    private readonly Lazy<Dictionary<string, long>> _firstUserWithEmail;

    /// <summary>Finds the holders from the roster and the addresses of the run's importable users.</summary>
    /// <param name="input">What the run decides on.</param>
    /// <param name="present">The users of the run that are employees, by rising id.</param>
    /// <param name="presentIds">Their ids.</param>
    /// <param name="removed">Users that this run removes (R6.3).</param>
    public LinkHolders(
        ImportInput input, IReadOnlyList<PortalUser> present, IReadOnlySet<long> presentIds, IReadOnlySet<long> removed)
    {
        // Imported users come first: a deleted user that returns after its employee was taken over, but before its own link ended, has lost
        // it (R3.7).
        foreach (var entry in input.Roster.Values.OrderByDescending(entry => entry.IsImported))
        {
            if (entry.Link is { } link)
            {
                var staysOrReturns = (entry.IsImported && !removed.Contains(entry.UserId)) || presentIds.Contains(entry.UserId);
                (staysOrReturns ? _userOfEmployee : _deletedUserOfEmployee).TryAdd(link.EmployeeId, entry.UserId);
            }
        }

        _firstUserWithEmail = new(
            () =>
            {
                var first = new Dictionary<string, long>(present.Count, StringComparer.Ordinal);
                foreach (var user in present)
                {
                    if (Importability.MissingField(user, input.Edition) is null && EmailKey.Of(user.Email) is { } key)
                    {
                        first.TryAdd(key, user.Id);
                    }
                }

                return first;
            },
            isThreadSafe: false);
    }

    /// <summary>The user that holds an employee and is not deleted, or null.</summary>
    public long? HolderOf(long employeeId) => _userOfEmployee.TryGetValue(employeeId, out var user) ? user : null;

    /// <summary>R3.7: the deleted user that still has a link to an employee, or null.</summary>
    public long? DeletedHolderOf(long employeeId) => _deletedUserOfEmployee.TryGetValue(employeeId, out var user) ? user : null;

    /// <summary>R3.5: whether an earlier importable user of this run has the address.</summary>
    public long? EarlierUserWith(string email, long userId) =>
        EmailKey.Of(email) is { } key && _firstUserWithEmail.Value.TryGetValue(key, out var first) && first < userId ? first : null;
}
