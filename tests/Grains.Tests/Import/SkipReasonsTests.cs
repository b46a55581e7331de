using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Import;

public sealed class SkipReasonsTests
{
    private static readonly PortalUser _ann = new() { Id = 7, FirstName = "Ann", LastName = "Lee", Email = " ann@acme.test " };

    [Theory]
    [Trait("Rule", "R2.4")]
    [InlineData(ProblemCode.MissingLastName, "last name")]
    [InlineData(ProblemCode.MissingEmail, "e-mail address")]
    [InlineData(ProblemCode.MissingDepartment, "department")]
    public void MissingField_Code_NamesUserAndField(ProblemCode code, string field) =>
        Assert.Equal(
            new Problem(code, $"Ann Lee (user 7) has no {field} in Bitrix24. Fill it in there; the next import takes the user in."),
            SkipReasons.MissingField(code, _ann));

    [Theory]
    [Trait("Rule", "R3.4")]
    [InlineData(2, "1, 2")]
    [InlineData(5, "1, 2, 3, 4, 5")]
    [InlineData(6, "1, 2, 3, 4, 5, …")]
    public void AmbiguousEmail_SeveralEmployees_NamesTheFirstFive(int count, string ids) =>
        Assert.Equal(
            new Problem(
                ProblemCode.AmbiguousEmail,
                $"Ann Lee (user 7): {count} employees in CallGear have the address ann@acme.test ({ids}). "
                + "Leave it with one of them; the next import links the user."),
            SkipReasons.AmbiguousEmail(_ann, [.. Enumerable.Range(1, count).Select(id => new AccountEmployee { Id = id })]));

    [Fact]
    [Trait("Rule", "R3.5")]
    public void EmailTakenByUser_OtherUser_IsNamed() =>
        Assert.Equal(
            new Problem(
                ProblemCode.EmailTaken,
                "Ann Lee (user 7): user 3 has the same address ann@acme.test in Bitrix24. Give one of them an address of its own."),
            SkipReasons.EmailTakenByUser(_ann, 3));

    [Fact]
    [Trait("Rule", "R3.5")]
    public void EmployeeTaken_Holder_IsNamedWithTheEmployee() =>
        Assert.Equal(
            new Problem(
                ProblemCode.EmailTaken,
                "Ann Lee (user 7): employee 1003 in CallGear has the address ann@acme.test but is linked to user 3. "
                + "Correct the address in Bitrix24 or in CallGear."),
            SkipReasons.EmployeeTaken(_ann, 1003, 3));

    [Fact]
    [Trait("Rule", "R2.4")]
    public void EveryReason_NameAndAddressThatTurnTheSentence_AreIsolated()
    {
        var turning = _ann with { FirstName = "\u202EAnn", Email = "אן@acme.test" };

        Assert.StartsWith(
            "\u2068\u202EAnn Lee\u2069 (user 7) has no",
            SkipReasons.MissingField(ProblemCode.MissingEmail, turning).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "has the address \u2068אן@acme.test\u2069 but", SkipReasons.EmployeeTaken(turning, 1, 2).Message, StringComparison.Ordinal);
        Assert.Equal("\u202EAnn Lee", SkipReasons.MissingField(ProblemCode.MissingEmail, turning).Arguments![0]);
    }

    // The pages put the parts into sentences of the reader's language.
    [Fact]
    public void Arguments_EveryReason_AreThePartsOfItsSentence()
    {
        Assert.Equal(["Ann Lee", "7"], SkipReasons.MissingField(ProblemCode.MissingEmail, _ann).Arguments);
        Assert.Equal(
            ["Ann Lee", "7", "ann@acme.test", "3", "4"],
            SkipReasons.AmbiguousEmail(_ann, [new AccountEmployee { Id = 3 }, new AccountEmployee { Id = 4 }]).Arguments);
        Assert.Equal(["Ann Lee", "7", "ann@acme.test", "user", "3"], SkipReasons.EmailTakenByUser(_ann, 3).Arguments);
        Assert.Equal(["Ann Lee", "7", "ann@acme.test", "employee", "1003", "3"], SkipReasons.EmployeeTaken(_ann, 1003, 3).Arguments);
    }
}
