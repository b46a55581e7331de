using OrleansSync.Grains.Admission;

namespace OrleansSync.Grains.Connections.Limits;

/// <summary>Permits for so many requests under way at a time.</summary>
internal sealed class ConcurrencyLimit(int count) : ILimit
{
    private int _free = count;

    /// <inheritdoc />
    public TimeSpan UntilPermit(int ahead) => TimeSpan.Zero;

    /// <inheritdoc />
    public bool TryTake(bool urgent)
    {
        if (_free == 0)
        {
            return false;
        }

        _free--;
        return true;
    }

    public void Give() => _free++;
}
