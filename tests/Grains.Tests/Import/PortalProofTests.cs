using System.Collections.Immutable;
using CsCheck;
using OrleansSync.Grains.Import;
using OrleansSync.Grains.Interfaces.Employees;

namespace OrleansSync.Grains.Tests.Import;

/// <summary>R8.12: what proves that links by id still mean the same people.</summary>
[Trait("Rule", "R8.12")]
public sealed class PortalProofTests
{
    [Theory]
    [InlineData("then@acme.test", true)]
    [InlineData(" THEN@Acme.Test ", true)]
    [InlineData("seen@acme.test", false)]
    [InlineData("now@acme.test", true)]
    [InlineData("stranger@other.test", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Link_IsProvenByTheAddressItWasMadeWith_OrOfItsEmployee(string? email, bool proven)
    {
        var input = new ImportScenario()
            .User(1, user => user with { Email = email })
            .Known(1, EmployeeOutcome.Matched, 1001)
            .Employee(1001, "now@acme.test")
            .Input();
        var roster = input.Roster.SetItem(1, input.Roster[1] with { Email = "seen@acme.test" });

        Assert.Equal(new PortalProof(1, 1, proven ? 1 : 0), PortalProof.Of(input.Users, input.Employees, roster));
    }

    [Fact]
    public void Ended_LinkedUser_IsDeletedAndOffTheList()
    {
        var row = new ImportScenario().Known(1, EmployeeOutcome.Matched, 1001).Input().Roster[1] with { IsListed = true };

        var ended = PortalProof.Ended(row);

        Assert.Equal((EmployeeOutcome.Deleted, null, null, false), (ended.Outcome, ended.Reason, ended.Link, ended.IsListed));
    }

    [Fact]
    public void Link_WithoutAnAddress_IsProvenByThatOfItsRow()
    {
        var input = new ImportScenario()
            .User(1, user => user with { Email = "seen@acme.test" })
            .Known(1, EmployeeOutcome.Matched, 1001)
            .Input();
        var row = input.Roster[1];
        var roster = input.Roster.SetItem(1, row with { Email = "seen@acme.test", Link = row.Link! with { Email = null! } });

        Assert.Equal(new PortalProof(1, 1, 1), PortalProof.Of(input.Users, input.Employees, roster));
    }

    [Fact]
    public void Link_IsNotProvenByBlanksOnBothSides()
    {
        var input = new ImportScenario()
            .User(1, user => user with { Email = " " })
            .Known(1, EmployeeOutcome.Matched, 1001)
            .Employee(1001, " ")
            .Input();
        var roster = input.Roster.SetItem(1, input.Roster[1] with { Email = null });

        Assert.Equal(0, PortalProof.Of(input.Users, input.Employees, roster).Proven);
    }

    [Theory]
    [InlineData(0, 0, 0, true)]
    [InlineData(3, 0, 0, false)]
    [InlineData(3, 1, 0, false)]
    [InlineData(3, 1, 1, true)]
    [InlineData(20, 10, 5, true)]
    [InlineData(20, 10, 4, false)]
    [InlineData(20, 11, 5, false)]
    [InlineData(20, 11, 6, true)]
    public void Proof_IsGivenByHalfOfThoseWhoAreThere(int links, int there, int proven, bool given) =>
        Assert.Equal(given, new PortalProof(links, there, proven).IsGiven);

    [Fact]
    public void ThereAre_OnlyActiveEmployeesOfThePortal_AndDeletedUsersLinksCount()
    {
        var input = new ImportScenario()
            .Team(2)
            .User(3, user => user with { IsActive = false }).Known(3, EmployeeOutcome.Matched, 1003)
            .User(4, user => user with { UserType = "extranet" }).Known(4, EmployeeOutcome.Matched, 1004)
            .User(5).Known(5, EmployeeOutcome.Deleted, 1005)
            .Known(6, EmployeeOutcome.Deleted, 1006)
            .User(7).Known(7, EmployeeOutcome.Skipped)
            .User(8)
            .Input();

        Assert.Equal(new PortalProof(6, 3, 2), PortalProof.Of(input.Users, input.Employees, input.Roster));
    }

    [Fact]
    public void AnyWorld_CountsAreWithinEachOther_AndTheOrderOfUsersDoesNotMatter() => ImportGen.Input.Sample(input =>
    {
        var proof = PortalProof.Of(input.Users, input.Employees, input.Roster);

        Assert.InRange(proof.Proven, 0, proof.There);
        Assert.InRange(proof.There, 0, proof.Links);
        Assert.Equal(proof, PortalProof.Of([.. input.Users.Reverse()], [.. input.Employees.Reverse()], input.Roster));
    }, iter: 500);

    [Fact]
    public void AnyWorld_WhoseUsersAreThoseOfTheLinks_IsProven() => ImportGen.Input.Sample(input =>
    {
        var linked = input.Roster.Values.Where(row => row.Link is not null).ToArray();
        var users = linked.Select(row => new Interfaces.Connections.PortalUser { Id = row.UserId, Email = row.Link!.Email });

        var proof = PortalProof.Of([.. users], [], input.Roster);

        Assert.Equal(proof.Links, proof.Proven);
        Assert.True(proof.IsGiven);
    }, iter: 500);

    [Fact]
    public void AnyWorld_OfStrangers_IsNotProvenUnlessNobodyIsLinked() => ImportGen.Input.Sample(input =>
    {
        var strangers = input.Users.Select(user => user with { Email = $"stranger{user.Id}@other.test" }).ToImmutableArray();

        Assert.Equal(input.Roster.Values.All(row => row.Link is null), PortalProof.Of(strangers, input.Employees, input.Roster).IsGiven);
    }, iter: 500);

    [Fact]
    public void Waiting_NamesEveryImportedUser_AndWhoHasTheEmployeesAddress()
    {
        var input = new ImportScenario()
            .User(1, user => user with { Email = "stranger@other.test" })
            .User(2, user => user with { Email = ImportScenario.EmailOf(1).ToUpperInvariant() })
            .Known(1, EmployeeOutcome.Matched, 1001).Employee(1001, ImportScenario.EmailOf(1))
            .Known(2, EmployeeOutcome.Matched, 1002).Employee(1002, ImportScenario.EmailOf(2))
            .Known(3, EmployeeOutcome.Deleted, 1003).Employee(1003)
            .Known(4, EmployeeOutcome.Skipped)
            .Known(5, EmployeeOutcome.Matched, 1005).Awaiting(removals: [5])
            .Input();

        Assert.Equal(
            [(1, 1001, 2), (2, 1002, null)],
            PortalProof.Waiting(input.Users, input).Select(hold => (hold.UserId, hold.EmployeeId, hold.Heir)));
        Assert.Equal([2L], PortalProof.Waiting(input.Users, input with { OnlyUser = 2 }).Select(hold => hold.UserId));
    }
}
