using OrleansSync.CallGear.Responses;
using OrleansSync.CallGear.Groups;
using OrleansSync.CallGear.Tests.Responses;

namespace OrleansSync.CallGear.Tests.Groups;

public sealed class GroupResponsesTests
{
    [Fact]
    public void ReadOne_Group_KeepsWhatAnUpdateSendsBack()
    {
        var group = Read(
            """[{"id":7,"name":"Sales","channels_count":4,"members":[{"employee_id":1,"employee_full_name":"A"},{"employee_id":2}]}]""")
            .Value!;

        Assert.Equal((7L, "Sales", (int?)4), (group.Id, group.Name, group.ChannelsCount));
        Assert.Equal([1L, 2L], group.MemberIds);
    }

    [Fact]
    [Trait("Rule", "R8.5")]
    public void ReadOne_NameThatNoDatabaseTakes_IsReplaced() =>
        Assert.Equal("Sales\uFFFD", Read("""[{"id":7,"name":"Sales\udc4d"}]""").Value!.Name);

    [Fact]
    public void ReadOne_NoMembersAndNoLines_IsRead()
    {
        var group = Read("""[{"id":7,"name":"","channels_count":null,"members":null}]""").Value!;

        Assert.Null(group.ChannelsCount);
        Assert.Empty(group.MemberIds);
    }

    [Fact]
    public void ReadOne_NoSuchGroup_Null()
    {
        var result = Read("[]");

        Assert.True(result.IsSuccess);
        Assert.Null(result.Value);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""[{"id":8,"name":"Other"}]""")]
    [InlineData("""[{"id":7,"name":"A"},{"id":8,"name":"B"}]""")]
    [InlineData("""[{"id":7}]""")]
    [InlineData("""[{"id":7,"name":"A","members":[{"employee_id":null}]}]""")]
    [InlineData("""[{"id":7,"name":"A","members":[1]}]""")]
    [InlineData("""[{"id":7,"name":"A","members":{}}]""")]
    public void ReadOne_AnotherShape_InvalidAnswer(string data) =>
        Assert.Equal(VendorErrorKind.InvalidAnswer, Read(data).Error!.Kind);

    private static VendorResult<CallGearGroup?, CallGearLimits> Read(string data) =>
        Bodies.Result($$"""{"data":{{data}}}""", static result => GroupResponses.ReadOne(result, 7));
}
