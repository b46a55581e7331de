using System.Collections.Immutable;
using System.Globalization;
using OrleansSync.Sandbox.Requests;

namespace OrleansSync.Sandbox.Faults;

/// <summary>The faults that are switched on. Safe for use from several threads; costs nothing while there are none.</summary>
public sealed class FaultBook
{
    private ImmutableArray<FaultHandle> _faults = [];
    private int _lastId;

    internal FaultBook()
    {
    }

    /// <summary>The faults in the order in which they were added; the first that applies decides.</summary>
    public IReadOnlyList<FaultHandle> Active => _faults;

    /// <summary>Switches a fault on.</summary>
    /// <exception cref="ArgumentException">A number is out of its range.</exception>
    public FaultHandle Add(Fault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        ArgumentOutOfRangeException.ThrowIfLessThan(fault.Every, 1, nameof(fault));
        ArgumentOutOfRangeException.ThrowIfNegative(fault.Skip, nameof(fault));
        ArgumentOutOfRangeException.ThrowIfNegative(fault.DelaySeconds, nameof(fault));
        var id = "f" + Interlocked.Increment(ref _lastId).ToString(CultureInfo.InvariantCulture);
        var handle = new FaultHandle(id, fault, h => ImmutableInterlocked.Update(ref _faults, list => list.Remove(h)));
        ImmutableInterlocked.Update(ref _faults, list => list.Add(handle));
        return handle;
    }

    /// <summary>The fault of this id, or null.</summary>
    public FaultHandle? Find(string id) => _faults.FirstOrDefault(f => f.Id == id);

    /// <summary>Switches all faults off and releases what they hold.</summary>
    public void Clear()
    {
        foreach (var fault in _faults)
        {
            fault.Dispose();
        }
    }

    /// <summary>Lets go all requests that faults hold.</summary>
    public void ReleaseAll()
    {
        foreach (var fault in _faults)
        {
            fault.Release();
        }
    }

    /// <summary>Faults that strike a request as a whole: every delay up to the first of another kind, which decides.</summary>
    internal IReadOnlyList<FaultHandle> TakeForRequest(VendorRequest request)
    {
        if (_faults.IsEmpty)
        {
            return [];
        }

        var struck = new List<FaultHandle>();
        foreach (var fault in _faults)
        {
            if (!fault.Fault.IsListFault && fault.Strikes(request.Vendor, request.Target, request.Method, request.Parameters))
            {
                struck.Add(fault);
                if (!fault.Fault.IsDelay)
                {
                    break;
                }
            }
        }

        return struck;
    }

    /// <summary>The error that strikes one command of a batch: only one that names the command's method.</summary>
    internal Fault? TakeCommandError(string portal, string method, int place) => _faults.FirstOrDefault(f =>
        f.Fault.Kind is FaultKind.Error or FaultKind.RateLimit
        && f.Fault.Method == method
        && (f.Fault.Command ?? place) == place
        && f.Strikes(Vendor.Bitrix24, portal, method, null))?.Fault;

    /// <summary>The fault that spoils a list, or null.</summary>
    internal FaultHandle? TakeForList(Vendor vendor, string target, string method) =>
        _faults.FirstOrDefault(f => f.Fault.IsListFault && f.Strikes(vendor, target, method, null));
}
