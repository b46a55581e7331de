using System.Globalization;
using System.Reflection;

namespace OrleansSync.Storage;

/// <summary>The SQL of one engine: the steps of its schema and the statements that Orleans' ADO.NET providers look up.</summary>
internal sealed record SchemaScripts(IReadOnlyList<Migration> Migrations, IReadOnlyDictionary<string, string> Queries)
{
    /// <summary>The number of the last step; the version of the schema that this program works with.</summary>
    public int Version => Migrations[^1].Number;

    /// <summary>The release that has these scripts.</summary>
    public Version Release { get; init; } = ProgramRelease.Current;

    /// <summary>The oldest release that can run on the schema after all steps; null when no step says so.</summary>
    public Version? OldestRelease => Migrations.Max(step => step.OldestRelease);

    /// <summary>Reads the scripts of an engine from this assembly's resources.</summary>
    /// <param name="engine">Name of the engine's folder, <c>PostgreSql</c> or <c>Sqlite</c>.</param>
    public static SchemaScripts Load(string engine)
    {
        var scripts = Scripts(engine + "/Migrations/").Select(script => ToMigration(script.Name, script.Sql))
            .OrderBy(step => step.Number).ToList();
        return new(scripts, Scripts(engine + "/Queries/").ToDictionary(
            script => script.Name, script => script.Sql, StringComparer.Ordinal));
    }

    /// <summary>Answers the steps that a database still lacks.</summary>
    /// <exception cref="StartRefusedException">The database is too new for this program, or records a step otherwise.</exception>
    public IReadOnlyList<Migration> Pending(SchemaRecord record)
    {
        if (record.OldestRelease > Release)
        {
            throw new StartRefusedException(
                $"The database needs OrleansSync {record.OldestRelease} or newer, and this is OrleansSync {Release}: "
                + "a newer release has upgraded it. "
                + $"Start OrleansSync {record.OldestRelease} or newer, or restore the database from a backup made before the upgrade.");
        }

        var applied = record.Applied;
        if (Migrations.FirstOrDefault(step => applied.TryGetValue(step.Number, out var sum) && sum != step.Checksum) is { } changed)
        {
            throw new StartRefusedException(
                $"The database records another script for schema version {changed.Number} ({changed.Name}) than this program has. "
                + "It was made by a build that was never released, or altered by hand: restore it from a backup, or use another database.");
        }

        IReadOnlyList<Migration> pending = [.. Migrations.Where(step => !applied.ContainsKey(step.Number))];

        // Who upgraded it has recorded that this release can run on it, provided that it has all that this release needs.
        if (record.Version > Version && (record.OldestRelease is null || pending.Count > 0))
        {
            throw new StartRefusedException(
                $"The database has schema version {record.Version}, but this program knows only up to {Version}: "
                + "a newer OrleansSync has upgraded it. "
                + "Start that newer version, or restore the database from a backup made before the upgrade.");
        }

        return pending;
    }

    private static Migration ToMigration(string name, string sql)
    {
        var separator = name.IndexOf('_', StringComparison.Ordinal);
        return new(int.Parse(name[..separator], NumberStyles.None, CultureInfo.InvariantCulture), name[(separator + 1)..], sql);
    }

    private static IEnumerable<(string Name, string Sql)> Scripts(string folder)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => name.StartsWith(folder, StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);

            // A checkout may turn line ends, which must change neither checksums nor statements.
            yield return (Path.GetFileNameWithoutExtension(resource), reader.ReadToEnd().ReplaceLineEndings("\n"));
        }
    }
}
