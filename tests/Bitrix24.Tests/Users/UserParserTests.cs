using System.Text.Json;
using OrleansSync.Bitrix24.Users;

namespace OrleansSync.Bitrix24.Tests.Users;

public sealed class UserParserTests
{
    [Fact]
    public void Read_FullUser_KeepsTextsExactly()
    {
        var user = Read(
            """
            {"ID":"7","ACTIVE":true,"USER_TYPE":"employee","NAME":" Ann ","LAST_NAME":"Lee","SECOND_NAME":"","EMAIL":"Ann@x.example",
             "WORK_PHONE":"+1 (2)","PERSONAL_MOBILE":79001112233,"PERSONAL_PHONE":null,"UF_DEPARTMENT":[1,5],"TIMESTAMP_X":{}}
            """)!;

        Assert.Equal(
            (7L, true, "employee", " Ann ", "Lee", "", "Ann@x.example"),
            (user.Id, user.IsActive, user.UserType, user.Name, user.LastName, user.SecondName, user.Email));
        Assert.Equal(("+1 (2)", "79001112233", null), (user.WorkPhone, user.PersonalMobile, user.PersonalPhone));
        Assert.True(user.HasEmailField);
        Assert.Equal([1L, 5L], user.Departments);
    }

    [Fact]
    [Trait("Rule", "R8.5")]
    public void Read_TextsThatNoDatabaseTakes_AreReplaced()
    {
        var user = Read(
            """{"ID":7,"NAME":"Ann\ud83d","LAST_NAME":"\udc4dLee","EMAIL":"a\u0000@x.example","ACTIVE":"\ud83d","USER_TYPE":"\ud83d"}""")!;

        Assert.Equal(("Ann\uFFFD", "\uFFFDLee", "a\uFFFD@x.example"), (user.Name, user.LastName, user.Email));
        Assert.Equal((true, "\uFFFD"), (user.IsActive, user.UserType));
    }

    [Fact]
    public void Read_OnlyAnId_EverythingElseIsMissing()
    {
        var user = Read("""{"ID":7}""")!;

        Assert.True(user.IsActive);
        Assert.False(user.HasEmailField);
        Assert.Null(user.Email ?? user.Name ?? user.LastName ?? user.UserType ?? user.WorkPhone);
        Assert.Empty(user.Departments);
    }

    [Theory]
    [InlineData("null", true)]
    [InlineData("true", true)]
    [InlineData("\"Y\"", true)]
    [InlineData("\"1\"", true)]
    [InlineData("1", true)]
    [InlineData("\"\"", true)]
    [InlineData("false", false)]
    [InlineData("\"N\"", false)]
    [InlineData("\"n\"", false)]
    [InlineData("\"0\"", false)]
    [InlineData("0", false)]
    [InlineData("0.0", false)]
    [InlineData("\"False\"", false)]
    public void IsActive_EachSpelling_FollowsR2_3(string active, bool expected) =>
        Assert.Equal(expected, Read($$"""{"ID":"7","ACTIVE":{{active}}}""")!.IsActive);

    [Theory]
    [InlineData("null", new long[0])]
    [InlineData("false", new long[0])]
    [InlineData("\"\"", new long[0])]
    [InlineData("[]", new long[0])]
    [InlineData("{}", new long[0])]
    [InlineData("""[0,-3,null,"x",1.5,[9],"",{},true]""", new long[0])]
    [InlineData("""[1,"2",0,3]""", new long[] { 1, 2, 3 })]
    [InlineData("""{"0":4,"2":"5"}""", new long[] { 4, 5 })]
    [InlineData("6", new long[] { 6 })]
    public void Departments_EachForm_KeepsPositiveIdsByR2_2(string departments, long[] expected) =>
        Assert.Equal(expected, Read($$"""{"ID":"7","UF_DEPARTMENT":{{departments}}}""")!.Departments);

    [Theory]
    [InlineData("null")]
    [InlineData("\"x\"")]
    public void HasEmailField_FieldPresentButEmpty_True(string email) =>
        Assert.True(Read($$"""{"ID":"7","EMAIL":{{email}}}""")!.HasEmailField);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ID":null}""")]
    [InlineData("""{"ID":"0"}""")]
    [InlineData("""{"ID":-1}""")]
    [InlineData("""{"ID":"7x"}""")]
    [InlineData("""{"ID":""}""")]
    [InlineData("""{"ID":1.5}""")]
    [InlineData("""{"ID":"99999999999999999999"}""")]
    [InlineData("[]")]
    [InlineData("7")]
    public void Read_NoValidId_Null(string json) => Assert.Null(Read(json));

    [Fact]
    public void Read_FieldNamedTwice_IsRefused() =>
        Assert.Throws<JsonException>(() => Read("""{"ID":"7","EMAIL":"ann@x.example","\u0045MAIL":"bob@x.example"}"""));

    [Fact]
    public void ToString_Always_ShowsNoPersonalData() =>
        Assert.Equal("Bitrix24 user 7", Read("""{"ID":7,"EMAIL":"ann@x.example"}""")!.ToString());

    private static Bitrix24User? Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return UserParser.Read(document.RootElement);
    }
}
