using System.Globalization;

namespace OrleansSync.Load;

/// <summary>The program's arguments.</summary>
internal static class LoadArguments
{
    /// <summary>A number behind its name, or its default.</summary>
    public static int Number(string[] args, string name, int @default) =>
        Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : @default;

    /// <summary>Says how to call the program.</summary>
    public static int Refuse()
    {
        Console.Error.WriteLine("Usage: dotnet run -c Release --project bench/Load -- portal [--users 50000] | due [--accounts 20000] [--users 2] | pages [--accounts 10000] [--users 50000] [--times 20]");
        return 2;
    }
}
