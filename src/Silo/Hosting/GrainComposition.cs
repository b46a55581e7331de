using OrleansSync.Silo.Settings;

namespace OrleansSync.Silo.Hosting;

/// <summary>The one place where the grains' own services, states and placement meet the silo.</summary>
internal static class GrainComposition
{
    /// <summary>Adds what the grains need besides storage and membership.</summary>
    public static void AddGrains(this ISiloBuilder silo, OrleansSyncSettings settings)
    {
    }
}
