using System.Text.Json;
using OrleansSync.CallGear.Responses;
using OrleansSync.CallGear.Employees;
using OrleansSync.CallGear.Groups;
using OrleansSync.CallGear.Transport;

namespace OrleansSync.CallGear;

/// <summary>
/// Calls CallGear's Data API 2.0. Holds no state: a method is one HTTP request, without retries or pacing, which are the caller's.
/// Whatever CallGear answers becomes a result; a method throws only when the caller cancels or passes arguments that make no sense.
/// Source: the vendor's documentation of Data API 2.0.
/// </summary>
/// <param name="http">
/// Must not follow redirects, and its timeout must be longer than 30 seconds, which is how long an answer is waited for.
/// </param>
/// <param name="timeProvider">Measures the timeout.</param>
public sealed class CallGearClient(HttpClient http, TimeProvider timeProvider)
{
    // The timeout is many times what a full page takes, and short enough that an employee whose answer was lost is looked up within the
    // same run.
    private static readonly Vendor _vendor = new(
        "CallGear", "Check the account's base URL.", "No connection to CallGear could be established.", TimeSpan.FromSeconds(30));

    private readonly HttpExchange _exchange = new(http, _vendor, timeProvider);

    /// <summary>Reads a page of the account's employees. Put the pages into an <see cref="EmployeeList"/>.</summary>
    /// <param name="credentials">What to call with.</param>
    /// <param name="limit">Employees to read, 1 to <see cref="EmployeeList.PageSize"/>.</param>
    /// <param name="offset">Employees to leave out, 0 to <see cref="EmployeeList.MaxOffset"/>.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit or offset that the vendor does not take.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VendorResult<EmployeePage, CallGearLimits>> GetEmployeesAsync(
        CallGearCredentials credentials, int limit, int offset, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, EmployeeList.PageSize);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, EmployeeList.MaxOffset);
        return ReadEmployeesAsync(
            credentials,
            parameters =>
            {
                parameters.WriteNumber("limit"u8, limit);
                parameters.WriteNumber("offset"u8, offset);
            },
            EmployeeResponses.ReadPage,
            cancellationToken);
    }

    /// <summary>
    /// Reads the employees of a range of ids, up to one page of them. Put the pages into an <see cref="EmployeeRangeList"/>.
    /// </summary>
    /// <param name="credentials">What to call with.</param>
    /// <param name="range">The ids.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VendorResult<EmployeePage, CallGearLimits>> GetEmployeesAsync(
        CallGearCredentials credentials, EmployeeIdRange range, CancellationToken cancellationToken = default) => ReadEmployeesAsync(
            credentials,
            parameters =>
            {
                parameters.WriteNumber("limit"u8, EmployeeList.PageSize);
                EmployeeParameters.WriteRangeFilter(parameters, range);
            },
            EmployeeResponses.ReadPage,
            cancellationToken);

    /// <summary>Reads one employee as it is now; the value is null when the account has none with this id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VendorResult<CallGearEmployee?, CallGearLimits>> GetEmployeeAsync(
        CallGearCredentials credentials, long employeeId, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(employeeId);
        return ReadEmployeesAsync(
            credentials,
            parameters => parameters.WriteFilterById(employeeId),
            (_, lists) => EmployeeResponses.ReadOne(lists, employeeId),
            cancellationToken);
    }

    /// <summary>Finds the employees that have an e-mail address (R3.2).</summary>
    /// <param name="credentials">What to call with.</param>
    /// <param name="spellings">The address in each of its spellings, one at least.</param>
    /// <param name="comparer">Tells which addresses are the one that was asked for, whatever CallGear's filter lets through.</param>
    /// <param name="search">How to ask; the default finds every spelling.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentException">There is no spelling, or a blank one.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VendorResult<IReadOnlyList<CallGearEmployee>, CallGearLimits>> FindEmployeesByEmailAsync(
        CallGearCredentials credentials,
        IReadOnlyList<string> spellings,
        IEqualityComparer<string> comparer,
        EmailSearch search = EmailSearch.AnySpelling,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spellings);
        ArgumentNullException.ThrowIfNull(comparer);
        if (spellings.Count == 0 || spellings.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("Nobody has a blank address.", nameof(spellings));
        }

        string[] addresses = [.. spellings.Select(static spelling => spelling.Trim())];
        return ReadEmployeesAsync<IReadOnlyList<CallGearEmployee>>(
            credentials,
            parameters => EmployeeParameters.WriteEmailFilter(parameters, addresses, search),
            (_, lists) =>
            [
                .. EmployeeResponses.ReadList(lists)
                    .Where(employee => employee.Email?.Trim() is { } found && addresses.Contains(found, comparer)),
            ],
            cancellationToken);
    }

    /// <summary>
    /// Creates an employee with a last name; the value is its id. What is null or empty is not sent. Not idempotent: after
    /// <see cref="VendorError.IsOutcomeUnknown"/> look it up by e-mail before creating it again (R3.8).
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; the employee may have been created.</exception>
    public Task<VendorResult<long, CallGearLimits>> CreateEmployeeAsync(
        CallGearCredentials credentials, CallGearEmployee employee, CancellationToken cancellationToken = default) =>
        WriteEmployeeAsync(
            credentials, "create.employees", employee, EmployeeParameters.WriteNew, EmployeeResponses.ReadNewId, cancellationToken);

    /// <summary>
    /// Sets an employee's last name and whole list of numbers; the value is true. The vendor replaces the list, so it must be complete and
    /// come from a read immediately before, with <see cref="CallGearPhoneNumber.New"/> ones (R5.4). Idempotent but for those.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; the employee may have been changed.</exception>
    public Task<VendorResult<bool, CallGearLimits>> UpdateEmployeeAsync(
        CallGearCredentials credentials, CallGearEmployee employee, CancellationToken cancellationToken = default) =>
        WriteEmployeeAsync(
            credentials, "update.employees", employee, EmployeeParameters.WriteUpdate, static _ => true, cancellationToken);

    /// <summary>Reads a group of employees; the value is null when the account has none with this id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VendorResult<CallGearGroup?, CallGearLimits>> GetGroupAsync(
        CallGearCredentials credentials, long groupId, CancellationToken cancellationToken = default) =>
        GetGroupAsync(credentials, groupId, withLines: true, cancellationToken);

    /// <summary>Reads a group of employees; the value is null when the account has none with this id.</summary>
    /// <param name="credentials">What to call with.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="withLines">Whether to ask for <see cref="CallGearGroup.ChannelsCount"/>, which a plan may lack.</param>
    /// <param name="cancellationToken">Gives the call up.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is not positive.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VendorResult<CallGearGroup?, CallGearLimits>> GetGroupAsync(
        CallGearCredentials credentials, long groupId, bool withLines, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groupId);
        return CallAsync(
            credentials,
            "get.group_employees",
            isWrite: false,
            parameters =>
            {
                parameters.WriteFilterById(groupId);
                parameters.WriteFields(withLines ? GroupResponses.Fields : GroupResponses.FieldsWithoutLines);
            },
            result => GroupResponses.ReadOne(result, groupId),
            cancellationToken);
    }

    /// <summary>
    /// Sets a group's whole list of members (R7.3), with its name and lines as they were read; the value is true. Idempotent.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller cancelled; the group may have been changed.</exception>
    public Task<VendorResult<bool, CallGearLimits>> UpdateGroupAsync(
        CallGearCredentials credentials, CallGearGroup group, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(group);
        return CallAsync(
            credentials,
            "update.group_employees",
            isWrite: true,
            parameters =>
            {
                parameters.WriteNumber("id"u8, group.Id);
                parameters.WriteString("name"u8, group.Name);
                parameters.WriteOptional("channels_count", group.ChannelsCount);
                parameters.WriteStartArray("members"u8);
                foreach (var member in group.MemberIds)
                {
                    parameters.WriteNumberValue(member);
                }

                parameters.WriteEndArray();
            },
            static _ => true,
            cancellationToken);
    }

    private Task<VendorResult<T, CallGearLimits>> WriteEmployeeAsync<T>(
        CallGearCredentials credentials,
        string method,
        CallGearEmployee employee,
        Action<Utf8JsonWriter, CallGearEmployee> write,
        Func<JsonElement, T> read,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(employee);
        ArgumentNullException.ThrowIfNull(employee.LastName);
        return CallAsync(credentials, method, isWrite: true, parameters => write(parameters, employee), read, cancellationToken);
    }

    private Task<VendorResult<T, CallGearLimits>> ReadEmployeesAsync<T>(
        CallGearCredentials credentials,
        Action<Utf8JsonWriter> writeSelection,
        Func<JsonElement, JsonLists<CallGearEmployee>, T> read,
        CancellationToken cancellationToken)
    {
        var lists = EmployeeResponses.Lists();
        return CallAsync(
            credentials,
            "get.employees",
            isWrite: false,
            parameters =>
            {
                writeSelection(parameters);
                parameters.WriteFields(EmployeeResponses.Fields);
            },
            result => read(result, lists),
            cancellationToken,
            lists.TakeFrom);
    }

    private async Task<VendorResult<T, CallGearLimits>> CallAsync<T>(
        CallGearCredentials credentials,
        string method,
        bool isWrite,
        Action<Utf8JsonWriter> writeParameters,
        Func<JsonElement, T> read,
        CancellationToken cancellationToken,
        Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>>? takeLists = null)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        var requestId = Guid.CreateVersion7(timeProvider.GetUtcNow()).ToString("N");
        using var request = RpcRequest.Create(credentials, requestId, method, writeParameters);
        using var reply = await _exchange.SendAsync(request, isWrite, cancellationToken);
        return ResponseReader.Read(reply, requestId, isWrite, new Redaction(credentials.AccessToken), read, takeLists);
    }
}
