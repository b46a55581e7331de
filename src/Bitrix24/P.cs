namespace OrleansSync.Bitrix24; internal static class P;
