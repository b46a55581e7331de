using System.Collections.Immutable;
using OrleansSync.Grains.Employees;
using OrleansSync.Grains.Interfaces.Connections;

namespace OrleansSync.Grains.Tests.Employees;

/// <summary>R5.4: what CallGear refuses although it is as it was is left out, the numbers never are.</summary>
[Trait("Rule", "R5.4")]
public sealed class UntakenSettingsTests
{
    private static readonly EmployeeNumber _old = new("111", 1, ChannelsCount: 200, DialTime: 120, Status: "active");
    private static readonly EmployeeNumber _usual = new("222", 2, ChannelsCount: 2, DialTime: 30, Status: "inactive");
    private static readonly EmployeeUpdate _update = new(7, "(bitrix24) Lee", [_old, _usual]);

    [Theory]
    [InlineData("dial_time", null, "120")]
    [InlineData("dial_time", 0, null)]
    [InlineData("dial_time", null, null)]
    [InlineData("dial_time", 9, null)]
    public void Refuse_SettingIsNamed_LeavesItOutOfThatNumber(string name, int? index, string? value) =>
        AssertSent(Named(name, index, value), _old with { DialTime = null }, _usual);

    [Theory]
    [InlineData(1, null)]
    [InlineData(null, "30")]
    public void Refuse_SettingWithinItsRangeIsNamed_LeavesItOutAllTheSame(int? index, string? value) =>
        AssertSent(Named("dial_time", index, value), _old, _usual with { DialTime = null });

    [Fact]
    public void Refuse_ChannelsAreNamed_LeavesThemOut() =>
        AssertSent(Named("channels_count"), _old with { ChannelsCount = null }, _usual);

    [Fact]
    public void Refuse_StatusIsNamed_LeavesItOut() =>
        AssertSent(Named("status", value: "inactive"), _old, _usual with { Status = null });

    [Fact]
    public void Refuse_PlanLacksTheSetting_LeavesItOutOfAll() => AssertSent(
        ScriptedCallGear.PlanLacks("channels_count"), _old with { ChannelsCount = null }, _usual with { ChannelsCount = null });

    [Fact]
    [Trait("Rule", "R5.5a")]
    public void Refuse_NothingIsNamed_LeavesOutWhatLiesOutsideOfTheRanges() => AssertSent(
        ScriptedCallGear.Refused with { MayBeNumber = true }, _old with { DialTime = null, ChannelsCount = null }, _usual);

    [Fact]
    public void Refuse_Again_HasNothingMoreToLeaveOut()
    {
        var untaken = new UntakenSettings();

        Assert.True(untaken.Refuse(Named("dial_time"), _update));
        Assert.True(untaken.Refuse(Named("dial_time"), _update));
        Assert.False(untaken.Refuse(Named("dial_time"), _update));
        Assert.All(untaken.Without(_update).Numbers, number => Assert.Null(number.DialTime));
    }

    [Theory]
    [InlineData("last_name")]
    [InlineData("phone_number")]
    [InlineData("phone_id")]
    public void Refuse_SomethingElseIsNamed_LeavesOutNothing(string name)
    {
        var untaken = new UntakenSettings();

        Assert.False(untaken.Refuse(Named(name), _update));
        Assert.Same(_update, untaken.Without(_update));
        Assert.Null(untaken.Note);
    }

    [Fact]
    public void Refuse_PlanTakesNoNumbers_LeavesOutAListThatIsEmpty_NeverOneThatIsNot()
    {
        var untaken = new UntakenSettings();
        var none = _update with { Numbers = [] };

        Assert.False(untaken.Refuse(ScriptedCallGear.PlanLacks("phone_numbers"), _update));
        Assert.True(untaken.Refuse(ScriptedCallGear.PlanLacks("phone_numbers"), none));
        Assert.False(untaken.Refuse(ScriptedCallGear.PlanLacks("phone_numbers"), none));

        Assert.True(untaken.Without(none).LeavesNumbers);
        Assert.False(untaken.Without(_update).LeavesNumbers);
    }

    private static CallFailure Named(string name, int? index = null, string? value = null) =>
        ScriptedCallGear.NumberRefused with { Parameter = new RefusedParameter(name, index, value) };

    private static void AssertSent(CallFailure failure, params ImmutableArray<EmployeeNumber> expected)
    {
        var untaken = new UntakenSettings();

        Assert.True(untaken.Refuse(failure, _update));

        Assert.Equal(expected, untaken.Without(_update).Numbers);
        Assert.Contains("of the number ", untaken.Note!, StringComparison.Ordinal);
    }
}
