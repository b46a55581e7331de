namespace OrleansSync.Grains.Connections;

/// <summary>Room for so many requests under way at a time.</summary>
/// <param name="count">How many.</param>
internal sealed class Slots(int count) : IRoom
{
    private int _free = count;

    /// <inheritdoc />
    public TimeSpan UntilRoom(int ahead) => TimeSpan.Zero;

    /// <inheritdoc />
    public bool TryTake()
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
