using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansSync.Bitrix24.Users;
using OrleansSync.Grains.Connections.Calls;
using OrleansSync.Grains.Connections.Credentials;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Placement;
using OrleansSync.Grains.Storage;

namespace OrleansSync.Grains.Connections.Bitrix24;

/// <summary>
/// An account's way to Bitrix24. Reentrant, so that calls do not wait for each other's answers: every write goes through
/// <see cref="StoredState{T}"/>, one behind the other, and renewals run one at a time.
/// </summary>
[AccountPlacement]
[Reentrant]
internal sealed partial class Bitrix24ConnectionGrain : Grain, IBitrix24ConnectionGrain
{
    private readonly string _account;
    private readonly KnownCredentials _credentials;
    private readonly StoredState<Bitrix24ConnectionState> _state;
    private readonly ConnectionEnvironment _environment;
    private readonly ILogger<Bitrix24ConnectionGrain> _logger;
    private readonly RunAllowances _allowances;
    private readonly Bitrix24Renewal _renewal;
    private readonly Random _jitter;
    private PortalReading? _learned;
    private bool _isOver;

    public Bitrix24ConnectionGrain(
        [PersistentState("bitrix24Connection")] IPersistentState<Bitrix24ConnectionState> storage,
        ConnectionEnvironment environment,
        ILogger<Bitrix24ConnectionGrain> logger)
    {
        _account = GrainKeys.AccountOf(this.GetPrimaryKeyString());
        _credentials = new KnownCredentials(_account, environment.Accounts, environment.AtHand);
        _state = new StoredState<Bitrix24ConnectionState>(storage);
        _environment = environment;
        _logger = logger;
        _allowances = new RunAllowances("Bitrix24", environment.Options, environment.Runs, environment.Time);
        _renewal = new Bitrix24Renewal(_account, _state, environment, logger);
        _jitter = new Random((int)PermanentHash.Of(_account));
    }

    /// <inheritdoc />
    public async Task<CallOutcome<ImmutableArray<PortalUser>>> ListUsersAsync(
        int knownUsers, CallContext context, CancellationToken cancellationToken)
    {
        var known = _credentials.For(context.Generation);
        var generation = (await known.FindAsync())?.Generation ?? 0;
        var learned = _learned?.Generation == generation ? _learned : _state.Current.ReadingOf(generation);
        var reading = new UserListReading(_account, Session(context, known), learned, knownUsers, _environment, _logger);
        try
        {
            var answer = await reading.RunAsync(cancellationToken);
            return answer.Select(static users => users.Select(ToPortalUser).ToImmutableArray());
        }
        finally
        {
            _learned = reading.Learned;
            if (_learned != learned)
            {
                await KeepAsync(reading.Learned);
            }
        }
    }

    /// <inheritdoc />
    public async Task<CallOutcome<ImmutableArray<PortalUser>>> GetUserAsync(
        long bitrixUserId, CallContext context, CancellationToken cancellationToken)
    {
        if (bitrixUserId <= 0)
        {
            return new CallOutcome<ImmutableArray<PortalUser>>([], null);
        }

        var answer = await Session(context, _credentials.For(context.Generation)).ReadAsync(
            (client, credentials, sending) => client.GetUserAsync(credentials, bitrixUserId, sending), cancellationToken);
        return answer.Select(static user => user is null ? ImmutableArray<PortalUser>.Empty : [ToPortalUser(user)]);
    }

    /// <inheritdoc />
    public Task<RenewedPortal?> GetPortalAsync(long generation) =>
        Task.FromResult(_state.Current.Portal is { } told && told.Generation == generation ? told.Renewed() : null);

    /// <inheritdoc />
    public async Task<bool> IsApplicationTokenAsync(string token, long generation)
    {
        if (await _credentials.FindAsync(generation) is not { Bitrix24.ApplicationToken: { } expected })
        {
            return false;
        }

        try
        {
            // Hashed, so that neither the time nor the length tells anything of the token.
            return CryptographicOperations.FixedTimeEquals(Hash(_environment.Secrets.Open(_account, expected)), Hash(token));
        }
        catch (CryptographicException exception)
        {
            LogTokenNotOpened(_logger, exception, _account);
            return false;
        }
    }

    /// <inheritdoc />
    public async Task ClearAsync()
    {
        _isOver = true;
        _credentials.Forget();
        _renewal.Forget();
        await _state.ClearAsync();
        DeactivateOnIdle();
    }

    private Bitrix24Session Session(CallContext context, CallCredentials known) => new(
        _account, context, _allowances.Of(context.RunId), _jitter, known, _state, _renewal, GrainFactory, _environment, _logger);

    private async Task KeepAsync(PortalReading learned)
    {
        try
        {
            await _state.UpdateAsync(stored => _isOver ? stored : stored.Learned(learned));
        }
        catch (Exception exception)
        {
            // The next reading learns it again, which takes longer; this one's list is what matters.
            LogLearnedNotStored(_logger, exception, _account);
        }
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static PortalUser ToPortalUser(Bitrix24User user) => new()
    {
        Id = user.Id,
        IsActive = user.IsActive,
        UserType = user.UserType,
        FirstName = user.Name,
        LastName = user.LastName,
        SecondName = user.SecondName,
        Email = user.Email,
        WorkPhone = user.WorkPhone,
        PersonalMobile = user.PersonalMobile,
        PersonalPhone = user.PersonalPhone,
        HasDepartment = user.Departments.Count > 0,
        HasEmailField = user.HasEmailField,
    };
}
