using OrleansSync.Storage.Rows;

namespace OrleansSync.Storage;

/// <summary>Where the engines differ in what is recorded of a schema.</summary>
/// <param name="CreateMigrationTable">Creates the table of applied steps unless it is there.</param>
/// <param name="ToTime">A moment as the value of a parameter.</param>
internal sealed record SchemaDialect(string CreateMigrationTable, Func<DateTimeOffset, RowValue> ToTime);
