using OrleansSync.Grains.Admission;

namespace OrleansSync.Grains.Connections.Limits;

/// <summary>Permits for so many requests under way at a time.</summary>
/// <param name="count">How many.</param>
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

    /// <summary>Gives one back.</summary>
    public void Give() => _free++;
}
