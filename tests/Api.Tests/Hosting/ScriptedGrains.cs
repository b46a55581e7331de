using System.Collections.Concurrent;
using System.Reflection;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Accounts;
using OrleansSync.Grains.Interfaces.Audit;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Directory;
using OrleansSync.Grains.Interfaces.Keys;
using OrleansSync.Grains.Interfaces.Portals;

namespace OrleansSync.Api.Tests.Hosting;

/// <summary>Stands in for a cluster: grains that do what a test says, found by their keys.</summary>
internal sealed class ScriptedGrains
{
    public Dictionary<string, ScriptedPortal> Portals { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ScriptedKeys> Keys { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ScriptedAudit> Audits { get; } = new(StringComparer.Ordinal);

    public ScriptedDirectory Directory { get; } = new();

    public ScriptedCheck Check { get; } = new();

    /// <summary>Thrown by every grain call, as a cluster that does not answer would.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How long every answer takes.</summary>
    public TimeSpan Lateness { get; set; }

    public ScriptedAuthorization Authorization { get; } = new();

    /// <summary>How many grains were asked for.</summary>
    public int Lookups => Touched.Count;

    /// <summary>The keys of all grains that were asked for.</summary>
    public ConcurrentQueue<string> Touched { get; } = new();

    public IGrainFactory Factory
    {
        get
        {
            var factory = DispatchProxy.Create<IGrainFactory, Dispatcher>();
            ((Dispatcher)(object)factory).Grains = this;
            return factory;
        }
    }

    /// <summary>Forgets everything, for the next test of a class that shares them.</summary>
    public void Reset()
    {
        Portals.Clear();
        Keys.Clear();
        Audits.Clear();
        Directory.Reset();
        Check.Reset();
        Touched.Clear();
        (Failure, Lateness) = (null, TimeSpan.Zero);
    }

    public ScriptedPortal Connect(string accountId, string displayName = "Acme")
    {
        var portal = Portal(accountId);
        portal.Account = Samples.Account(accountId) with { Connection = Samples.Connection with { DisplayName = displayName } };
        Directory.Entries[accountId] = new DirectoryEntry(
            accountId, displayName, AccountStatus.Active, Samples.Connection.Bitrix24.PortalKey);
        return portal;
    }

    public ScriptedPortal Portal(string accountId) => Find(Portals, accountId, () => new ScriptedPortal(accountId));

    public ScriptedKeys KeysOf(string accountId) => Find(Keys, accountId, () => new ScriptedKeys());

    public ScriptedAudit AuditOf(string accountId) => Find(Audits, accountId, () => new ScriptedAudit());

    private object Get(Type type, string key)
    {
        Touched.Enqueue(key);
        if (Failure is not null)
        {
            throw Failure;
        }

        var grain = Find(type, key);
        return Lateness > TimeSpan.Zero ? LateGrain.Of(type, grain, Lateness) : grain;
    }

    private object Find(Type type, string key) => type switch
    {
        _ when type == typeof(IPortalGrain) => Portal(GrainKeys.AccountOf(key)),
        _ when type == typeof(IAccountKeysGrain) => KeysOf(GrainKeys.AccountOf(key)),
        _ when type == typeof(IAuditGrain) => AuditOf(GrainKeys.AccountOf(key)),
        _ when type == typeof(IAccountDirectoryGrain) => Directory,
        _ when type == typeof(IConnectionCheckGrain) => Check,
        _ when type == typeof(IBitrix24AuthorizationGrain) => Authorization,
        _ when type == typeof(IManagementGrain) => ScriptedManagement.Create(),
        _ => throw new NotSupportedException(type.Name),
    };

    private static T Find<T>(Dictionary<string, T> all, string accountId, Func<T> create)
    {
        lock (all)
        {
            return all.TryGetValue(accountId, out var found) ? found : all[accountId] = create();
        }
    }

    internal class Dispatcher : DispatchProxy
    {
        public ScriptedGrains? Grains { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod is { Name: "GetGrain", IsGenericMethod: true } && args is [(string or long) and var key, ..]
                ? Grains!.Get(targetMethod.GetGenericArguments()[0], key.ToString()!)
                : throw new NotSupportedException(targetMethod?.Name);
    }
}
