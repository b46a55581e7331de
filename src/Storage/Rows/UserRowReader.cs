using System.Data.Common;
using System.Text.Json;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Storage.Rows;

/// <summary>Reads the rows of users.</summary>
internal static class UserRowReader
{
    /// <summary>The columns that <see cref="Read"/> expects, in their order.</summary>
    public const string Columns =
        "user_id, version, name, email, outcome, reason, employee_id, link_email, link_origin, linked_at, intent, is_listed, entries, run";

    /// <summary>Reads a row.</summary>
    /// <exception cref="UnreadableRowException">A column holds what no release has written.</exception>
    public static UserRow Read(DbDataReader reader, string accountId)
    {
        try
        {
            return new UserRow
            {
                UserId = reader.GetInt64(0),
                Version = reader.GetInt64(1),
                Name = reader.GetString(2),
                Email = reader.TextOrNull(3),
                Outcome = reader.IsDBNull(4) ? null : Enum.Parse<EmployeeOutcome>(reader.GetString(4)),
                Reason = reader.IsDBNull(5) ? null : RowJson.Read<Problem>(reader.GetString(5)),
                Link = LinkOf(reader),
                Intent = reader.IsDBNull(10) ? null : RowJson.Read<CreateIntent>(reader.GetString(10)),
                IsListed = reader.GetBoolean(11),
                Entries = reader.GetInt32(12),
                Run = reader.GetInt64(13),
            };
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or FormatException or InvalidCastException
            or InvalidOperationException or OverflowException)
        {
            throw new UnreadableRowException(
                $"The row of user {reader.GetInt64(0)} of account {accountId} in the table employee cannot be read. "
                + "Restore it from a backup, or erase it.", exception);
        }
    }

    /// <summary>
    /// The outcome as it is shown: who was created or linked before the last run that decided on everybody was matched by that.
    /// </summary>
    public const string ShownOutcome = $"CASE WHEN {WasMatched} THEN 'Matched' ELSE e.outcome END";

    /// <summary>The code of the reason as it is shown.</summary>
    public const string ShownReason = $"CASE WHEN {WasMatched} THEN NULL ELSE e.reason_code END";

    /// <summary>
    /// The e-mail address as it is compared, of the table <c>e</c>: what stands behind the name and a line break; empty for none. An index
    /// has the same expression, which is cut because no index takes text of any length.
    /// </summary>
    public const string FoldedEmail = "substr(e.folded, length(e.name) + 2, 320)";

    private const string WasMatched = "e.run < a.decided_run AND e.outcome IN ('Created', 'Linked')";

    /// <summary>
    /// The columns that <see cref="ReadShown"/> expects, in their order; of the table <c>e</c> with its exclusions <c>x</c>.
    /// </summary>
    public const string ShownColumns =
        $"e.user_id, e.name, e.email, {ShownOutcome}, CASE WHEN {WasMatched} THEN NULL ELSE e.reason END, e.employee_id, e.link_origin, "
        + $"e.linked_at, ({Responsible})";

    /// <summary>R7.1: who is on the list of the responsible employees.</summary>
    public const string Responsible = $"e.is_listed AND {Imported} AND x.user_id IS NULL";

    /// <summary>R7.1: who is imported and not deleted.</summary>
    public const string Imported = "e.employee_id IS NOT NULL AND e.outcome <> 'Deleted'";

    /// <summary>What <see cref="ShownColumns"/> are read from.</summary>
    public const string ShownTables =
        "employee e JOIN account a ON a.account_id = e.account_id LEFT JOIN responsible_exclusion x ON x.account_id = e.account_id "
        + "AND x.user_id = e.user_id";

    public static EmployeeRow ReadShown(DbDataReader reader) => new()
    {
        BitrixUserId = reader.GetInt64(0),
        Name = reader.GetString(1),
        Email = reader.TextOrNull(2),
        Outcome = reader.NameOrNull<EmployeeOutcome>(3) ?? EmployeeOutcome.Failed,
        Reason = ReasonOf(reader.TextOrNull(4)),
        CallGearEmployeeId = reader.NumberOrNull(5),
        LinkedBy = reader.NameOrNull<LinkOrigin>(6),
        LinkedAt = reader.MomentOrNull(7),
        Responsible = reader.GetBoolean(8),
    };

    private static EmployeeLink? LinkOf(DbDataReader reader) => reader.IsDBNull(6)
        ? null
        : new EmployeeLink(reader.GetInt64(6), reader.GetString(7), Enum.Parse<LinkOrigin>(reader.GetString(8)), reader.MomentAt(9));

    // One row that cannot be read must not keep a whole list from being shown.
    private static Problem? ReasonOf(string? stored)
    {
        try
        {
            return stored is null ? null : RowJson.Read<Problem>(stored);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
