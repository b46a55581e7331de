namespace OrleansSync.Grains; internal static class P;
