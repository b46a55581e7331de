namespace OrleansSync.Grains.Interfaces; internal static class P;
