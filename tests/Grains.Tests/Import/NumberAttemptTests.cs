using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>R5.5a: a refusal stands while the same would be tried again.</summary>
[Trait("Rule", "R5.5a")]
public sealed class NumberAttemptTests
{
    private static readonly AccountEmployee _ann = new()
    {
        Id = 7,
        FirstName = "Ann",
        LastName = "(bitrix24) Lee",
        Email = "ann@example.com",
        Numbers = [new EmployeeNumber("1", PhoneId: 4, DialTime: 30)],
    };

    public static TheoryData<string, bool> Changes => new()
    {
        { "nothing", true },
        { "how a name is written", true },
        { "a setting of a number", true },
        { "first name", false },
        { "last name", false },
        { "patronymic", false },
        { "address", false },
        { "a number of the employee", false },
        { "a number in Bitrix24", false },
        { "the employee", false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void StandingRefusal_WhileNothingHasChanged_Stands(string change, bool stands)
    {
        var reason = new Problem(ProblemCode.PhoneRejected, "No.") { Attempt = NumberAttempt.Of(_ann, ["2", "3"]) };
        var employee = change switch
        {
            "how a name is written" => _ann with { FirstName = " ANN", Patronymic = "  ", Email = "Ann@example.com" },
            "a setting of a number" => _ann with { Numbers = [new EmployeeNumber("1", PhoneId: 4, DialTime: 60)] },
            "first name" => _ann with { FirstName = "Bea" },
            "last name" => _ann with { LastName = "Lee" },
            "patronymic" => _ann with { Patronymic = "Ann" },
            "address" => _ann with { Email = null },
            "a number of the employee" => _ann with { Numbers = [] },
            "the employee" => _ann with { Id = 8 },
            _ => _ann,
        };

        var found = NumberAttempt.StandingRefusal(RowWith(reason), employee, () => change == "a number in Bitrix24" ? ["2"] : ["2", "3"]);

        Assert.Same(stands ? reason : null, found);
    }

    [Fact]
    public void StandingRefusal_OfAnotherKindOrOlderRelease_IsNone()
    {
        var attempt = NumberAttempt.Of(_ann, ["2"]);

        Assert.Null(NumberAttempt.StandingRefusal(null, _ann, () => ["2"]));
        Assert.Null(NumberAttempt.StandingRefusal(RowWith(null), _ann, () => ["2"]));
        Assert.Null(NumberAttempt.StandingRefusal(RowWith(new Problem(ProblemCode.PhoneRejected, "No.")), _ann, () => ["2"]));
        Assert.Null(NumberAttempt.StandingRefusal(
            RowWith(new Problem(ProblemCode.Rejected, "No.") { Attempt = attempt }), _ann, () => ["2"]));
    }

    [Fact]
    public void Of_Numbers_DoesNotShowThem() =>
        Assert.Matches("^[0-9A-F]{32}$", NumberAttempt.Of(_ann, ["74951234567"]));

    private static UserRow RowWith(Problem? reason) =>
        new() { UserId = 1, Name = "Ann Lee", Outcome = EmployeeOutcome.Matched, Reason = reason };
}
