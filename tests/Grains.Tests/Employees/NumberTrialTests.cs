using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using OrleansSync.Grains.Employees;
using OrleansSync.Grains.Interfaces;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Employees;

/// <summary>Which numbers are sent after CallGear has refused some.</summary>
[Trait("Rule", "R5.2a")]
public sealed class NumberTrialTests
{
    private static readonly CallFailure _unnamed = ScriptedCallGear.Refused with { MayBeNumber = true };

    public static TheoryData<RefusedParameter, string> Names => new()
    {
        { new RefusedParameter("phone_number", Value: "222"), "111,333" },
        { new RefusedParameter("phone_number", Value: "+2-22"), "111,333" },
        { new RefusedParameter("phone_number", Value: "222"), "111,333" },
        { new RefusedParameter("phone_numbers", Value: """{"phone_number":"222"}"""), "111,333" },
        { new RefusedParameter("phone_numbers", Value: """[{"phone_number":"333"},{"phone_number":"222"}]"""), "111" },
        { new RefusedParameter("phone_number", Index: 1), "111,333" },
        { new RefusedParameter("phone_number", Index: 0, Value: "222"), "111,333" },
        { new RefusedParameter(null, Value: "222"), "111,333" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Refuse_NumberIsNamed_LeavesOutThatOneAtOnce(RefusedParameter parameter, string left)
    {
        var trial = new NumberTrial(["111", "222", "333"]);

        Assert.True(trial.Refuse(_unnamed with { Parameter = parameter }));

        Assert.Equal(left.Split(','), trial.Current);
    }

    [Theory]
    [InlineData("22")]
    [InlineData("2222")]
    [InlineData("""["111","222","333"]""")]
    [InlineData("ann@example.com")]
    public void Refuse_ValueFitsNoneOrAll_NamesNothing(string value)
    {
        var trial = new NumberTrial(["111", "222", "333"]);

        Assert.True(trial.Refuse(ScriptedCallGear.NumberRefused with { Parameter = new RefusedParameter("phone_number", null, value) }));

        Assert.Equal(["111", "222"], trial.Current);
    }

    [Fact]
    public void Refuse_NothingIsNamed_LeavesOutAsFewAsCanBe_TheLastFirst()
    {
        var trial = new NumberTrial(["1", "2", "3"]);
        var sent = new List<string>();

        while (trial.Refuse(_unnamed))
        {
            sent.Add(string.Join(',', trial.Current));
        }

        Assert.Equal(["1,2", "1,3", "2,3", "1", "2", "3", ""], sent);
    }

    [Fact]
    public void Refuse_OneIsNamedAmongGuesses_GoesOnWithTheOthers()
    {
        var trial = new NumberTrial(["1", "2", "3"]);
        trial.Refuse(_unnamed);

        trial.Refuse(ScriptedCallGear.NumberRefused with { Parameter = new RefusedParameter("phone_number", Value: "2") });

        Assert.Equal(["1"], trial.Current);
    }

    [Fact]
    [Trait("Rule", "R5.5a")]
    public void Refuse_EachSetOfBadNumbers_EndsWithAllOthers() => Gen.Select(
        Gen.Int[1, 4], Gen.Int[0, 15], Gen.Bool).Sample((count, bad, isNamed) =>
    {
        ImmutableArray<string> wanted = [.. Enumerable.Range(1, count).Select(TextOf)];
        bool IsBad(string number) => (bad & (1 << (int.Parse(number, CultureInfo.InvariantCulture) - 1))) != 0;
        var trial = new NumberTrial(wanted);
        while (trial.Current.FirstOrDefault(IsBad) is { } refused)
        {
            var failure = isNamed ? _unnamed with { Parameter = new RefusedParameter("phone_number", Value: refused) } : _unnamed;
            Assert.True(trial.Refuse(failure));
        }

        Assert.Equal(wanted.Where(number => !IsBad(number)), trial.Current);
        Assert.Equal(wanted.Any(IsBad), trial.Reason is not null);
    });

    [Fact]
    public void Refuse_MoreNumbersThanCanBeGuessed_EndsWithoutAny()
    {
        var trial = new NumberTrial([.. Enumerable.Range(1, 12).Select(TextOf)]);
        Assert.Equal(NumberTrial.MostNumbers, trial.Current.Length);

        for (var refusal = 1; refusal < NumberTrial.MostRefusals; refusal++)
        {
            Assert.True(trial.Refuse(_unnamed));
            Assert.NotEmpty(trial.Current);
        }

        Assert.True(trial.Refuse(_unnamed));
        Assert.Empty(trial.Current);
        Assert.False(trial.Refuse(_unnamed));
    }

    [Fact]
    public void Refuse_PlanTakesNoNumbers_LeavesOutAll()
    {
        var trial = new NumberTrial(["1", "2"]);

        Assert.True(trial.Refuse(ScriptedCallGear.PlanLacks("phone_numbers")));

        Assert.Empty(trial.Current);
    }

    [Fact]
    public void Refuse_SomethingElseIsNamed_SaysNothingOfNumbers()
    {
        var trial = new NumberTrial(["1"]);

        Assert.False(trial.Refuse(ScriptedCallGear.Refused));
        Assert.False(trial.Refuse(ScriptedCallGear.PlanLacks("patronymic")));

        Assert.Equal(["1"], trial.Current);
        Assert.Null(trial.Reason);
    }

    [Fact]
    public void Reason_SomeAreLeft_NamesTheRefusedAndTheTaken()
    {
        var trial = new NumberTrial(["111", "222"]);
        trial.Refuse(ScriptedCallGear.NumberRefused with { Parameter = new RefusedParameter("phone_number", Value: "222") });

        Assert.Equal(ProblemCode.PhoneRejected, trial.Reason!.Code);
        Assert.Contains("the number 222; the employee has got the others (111).", trial.Reason.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Bad number.", trial.Reason.Message, StringComparison.Ordinal);
    }

    private static string TextOf(int number) => number.ToString(CultureInfo.InvariantCulture);
}
