using System.Text;
using OrleansSync.Api.Tests.Hosting;
using OrleansSync.Api.Web.Runs;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Runs;

namespace OrleansSync.Api.Tests.Web;

public sealed class RunCsvTests
{
    [Fact]
    public void OfChanges_FieldsQuotesAndLines_AreKeptApart()
    {
        var change = Samples.Change() with { Name = "Lee, \"Ann\"\nMarie" };

        Assert.Equal(
            "\ufeffbitrixUserId,name,outcome,reason,message,callGearEmployeeId,field,from,to\r\n"
            + "7,\"Lee, \"\"Ann\"\"\nMarie\",linked,,,900007,lastName,Lee,(bitrix24) Lee\r\n",
            Encoding.UTF8.GetString(RunCsv.OfChanges([change])));
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+7")]
    [InlineData("-7")]
    [InlineData("@SUM(A1)")]
    public void OfChanges_NameThatASpreadsheetWouldRun_IsText(string name) =>
        Assert.Contains(
            $"7,'{name},", Encoding.UTF8.GetString(RunCsv.OfChanges([Samples.Change() with { Name = name }])), StringComparison.Ordinal);

    [Theory]
    [InlineData("\u202Eeel", "7,\u2068\u202Eeel\u2069,")]
    [InlineData("\u2069\u202Eeel,\n\u202Ex", "7,\"\u2068\u202Eeel, \u202Ex\u2069\",")]
    [InlineData("=\u202Eeel", "7,\u2068'=\u202Eeel\u2069,")]
    [InlineData("משה", "7,משה,")]
    public void OfChanges_NameWithDirectionMarks_TurnsNothingRoundButItself(string name, string expected) =>
        Assert.Contains(
            expected, Encoding.UTF8.GetString(RunCsv.OfChanges([Samples.Change() with { Name = name }])), StringComparison.Ordinal);

    [Fact]
    public void OfChanges_ChangeWithoutFields_HasOneLine() => Assert.Equal(
        2,
        Encoding.UTF8.GetString(
            RunCsv.OfChanges([Samples.Change() with { Fields = [], Reason = new Problem(ProblemCode.MissingEmail, "No address.") }]))
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);

    [Fact]
    public void OfRuns_OneRun_HasItsCounts() => Assert.Contains(
        "run-1,manual,false,succeeded,2025-03-01T12:00:00Z,2025-03-01T12:00:01Z,2025-03-01T12:00:02Z,2,0,1,1,0,0,0,0,0,",
        Encoding.UTF8.GetString(RunCsv.OfRuns([Samples.Run(status: RunStatus.Succeeded)])),
        StringComparison.Ordinal);
}
