namespace OrleansSync.Storage;

/// <summary>
/// The accounts of release 0.1, which kept them as grain states. They cannot be taken over: an upgrade of a database that holds some is
/// refused.
/// </summary>
internal static class FormerAccounts
{
    /// <summary>The first version of the schema whose accounts are rows of tables of their own.</summary>
    public const int FirstVersionWithRows = 3;

    /// <summary>Answers whether there are any. What is left of a shard of the directory without accounts is none.</summary>
    public const string Query =
        """
        SELECT CASE WHEN EXISTS (
          SELECT 1 FROM grain_state
          WHERE state_name = 'portal' OR (state_name = 'directory' AND coalesce(payload, '{}') NOT IN ('{}', '{"entries":{}}'))
        ) THEN 1 ELSE 0 END
        """;

    /// <summary>Whether an upgrade leads from release 0.1 to rows, so that accounts of that release would be lost.</summary>
    public static bool AreConcernedBy(SchemaRecord record, IEnumerable<Migration> pending) =>
        record.Applied.Count > 0 && pending.Any(step => step.Number == FirstVersionWithRows);

    /// <summary>Why the process does not start, and what to do.</summary>
    /// <param name="database">What the database is called in a sentence.</param>
    public static StartRefusedException Refuse(string database) => new(
        $"{database} is one of OrleansSync 0.1 and holds accounts, which OrleansSync {ProgramRelease.Current} cannot take over. "
        + "Nothing was changed in it. Start with a new database (another one in ConnectionStrings__OrleansSync, or embedded another "
        + "OrleansSync__DataDirectory), and connect the accounts again: "
        + "the first import finds everybody by e-mail address and changes nothing in CallGear.");
}
