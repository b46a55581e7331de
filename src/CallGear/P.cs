namespace OrleansSync.CallGear; internal static class P;
