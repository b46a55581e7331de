using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;
using OrleansSync.Grains.Interfaces.Employees;
using OrleansSync.Grains.Interfaces.Rows;

namespace OrleansSync.Grains.Tests.Employees;

/// <summary>What a run decides reaches a user's grain on another silo whole, and so does why a vendor gave nothing.</summary>
public sealed class InstructionMessageTests
{
    [Fact]
    public void Failure_SentToAnotherSilo_ArrivesAsItWas()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer<CallOutcome<ImmutableArray<AccountEmployee>>>>();
        CallOutcome<ImmutableArray<AccountEmployee>> sent = CallFailure.Of(ProblemCode.Unreachable, "Gone.") with { IsPassing = true };

        Assert.Equal(sent, serializer.Deserialize(serializer.SerializeToArray(sent)));
    }

    [Fact]
    public void Instruction_SentToAnotherSilo_ArrivesAsItWas()
    {
        using var services = new ServiceCollection().AddSerializer().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer<EmployeeInstruction>>();
        var employee = new AccountEmployee { Id = 9, LastName = "Lee", Email = "ann@example.com" };
        EmployeeInstruction[] all =
        [
            new SettleEmployee(7, "Ann", "ann@example.com"),
            new CreateEmployee(7, "Ann", "ann@example.com", new NewEmployee { LastName = "Lee", Email = "ann@example.com" }, true),
            new LinkEmployee(7, "Ann", "ann@example.com", employee, "Lee", ["111"]),
            new FillNumbers(7, "Ann", "ann@example.com", 9, ["111", "222"], true),
        ];

        foreach (var one in all)
        {
            var sent = one with
            {
                TakenOverFrom = 5,
                StaleEmployeeId = 8,
                IsRowGiven = true,
                Row = new UserRow { UserId = 7, Name = "Ann" },
                Run = 3,
            };

            Assert.Equivalent(sent, serializer.Deserialize(serializer.SerializeToArray(sent)), strict: true);
        }
    }
}
