using OrleansSync.Bitrix24.Users;
using OrleansSync.CallGear.Employees;
using OrleansSync.Rivals.Messages;

namespace OrleansSync.Rivals.Accounts;

/// <summary>
/// The import of one account: both lists are read, users are matched by their link and then by their e-mail address, whoever is missing is
/// created, whoever was found by address gets mark and number, and what was done is stored. A failure ends the import.
/// </summary>
/// <param name="clients">The vendors.</param>
/// <param name="tables">Links and runs.</param>
/// <param name="time">Dates rows.</param>
internal sealed class AccountImport(VendorClients clients, RivalTables tables, TimeProvider time)
{
    // As many as the service has under way in one run.
    private const int UsersAtATime = 8;

    private readonly ListReading _lists = new(clients);

    /// <summary>Imports it.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Breaks off.</param>
    public async Task RunAsync(RivalAccount account, CancellationToken cancellationToken)
    {
        var startedAt = time.GetUtcNow();
        var links = await tables.LinksAsync(account.Id, cancellationToken);
        var (reading, listing) =
            (_lists.UsersAsync(account, links.Count, cancellationToken), _lists.EmployeesAsync(account, cancellationToken));
        await Task.WhenAll(reading, listing);
        var (users, employees) = (await reading, await listing);

        var ids = employees.Select(employee => employee.Id).ToHashSet();
        var todo = users.Where(user => IsImportable(user) && !(links.TryGetValue(user.Id, out var id) && ids.Contains(id))).ToList();
        if (todo.Count > 0)
        {
            var byEmail = ByEmail(employees);
            var options = new ParallelOptions { MaxDegreeOfParallelism = UsersAtATime, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(todo, options, async (user, token) =>
                await (byEmail.TryGetValue(EmployeeText.Key(user.Email)!, out var employee)
                    ? TakeOverAsync(account, user, employee, token)
                    : CreateAsync(account, user, token)));
        }

        await tables.AddRunAsync(account.Id, startedAt, time.GetUtcNow(), users.Count, todo.Count, cancellationToken);
    }

    private static bool IsImportable(Bitrix24User user) =>
        user is { IsActive: true, UserType: null or "employee", Departments.Count: > 0 } && EmployeeText.Key(user.Email) is not null;

    private static Dictionary<string, CallGearEmployee> ByEmail(IEnumerable<CallGearEmployee> employees)
    {
        var found = new Dictionary<string, CallGearEmployee>(StringComparer.Ordinal);
        foreach (var employee in employees)
        {
            if (EmployeeText.Key(employee.Email) is { } key)
            {
                found.TryAdd(key, employee);
            }
        }

        return found;
    }

    private async Task CreateAsync(RivalAccount account, Bitrix24User user, CancellationToken cancellationToken)
    {
        var employee = new CallGearEmployee
        {
            FirstName = user.Name,
            LastName = EmployeeText.Marked(user.LastName),
            Patronymic = user.SecondName,
            Email = user.Email!.Trim(),
            PhoneNumbers = EmployeeText.Number(user) is { } number ? [CallGearPhoneNumber.New(number)] : [],
        };
        var id = ListReading.Value(
            await clients.CallGear().CreateEmployeeAsync(ListReading.CredentialsOf(account), employee, cancellationToken));
        await tables.LinkAsync(account.Id, user.Id, id, "created", time.GetUtcNow(), cancellationToken);
    }

    private async Task TakeOverAsync(
        RivalAccount account, Bitrix24User user, CallGearEmployee listed, CancellationToken cancellationToken)
    {
        var number = listed.PhoneNumbers.Count == 0 ? EmployeeText.Number(user) : null;
        if (number is not null || !EmployeeText.IsMarked(listed.LastName))
        {
            // Numbers are replaced by an update, so that it takes those that are there at the moment.
            var (client, credentials) = (clients.CallGear(), ListReading.CredentialsOf(account));
            var now = ListReading.Value(await client.GetEmployeeAsync(credentials, listed.Id, cancellationToken)) ?? listed;
            var changed = now with
            {
                LastName = EmployeeText.Marked(now.LastName ?? user.LastName),
                PhoneNumbers = now.PhoneNumbers.Count == 0 && number is not null
                    ? [CallGearPhoneNumber.New(number)]
                    : now.PhoneNumbers,
            };
            ListReading.Value(await client.UpdateEmployeeAsync(credentials, changed, cancellationToken));
        }

        await tables.LinkAsync(account.Id, user.Id, listed.Id, "linked", time.GetUtcNow(), cancellationToken);
    }
}
