using OrleansSync.CallGear.Employees;
using OrleansSync.CallGear.Tests.Responses;

namespace OrleansSync.CallGear.Tests.Employees;

public sealed class EmployeeResponsesTests
{
    [Fact]
    public void ReadPage_FullEmployee_KeepsEverythingThatAnUpdateSendsBack()
    {
        var page = Bodies.Employees(
            """
            {"data":[{"id":900007,"first_name":"Ann","last_name":"Lee","patronymic":null,"email":"Ann@x.example","phone_numbers":[
              {"phone_id":5,"phone_number":"74955140578...2345","channels_count":3,"dial_time":45,"status":"inactive"},
              {"phone_id":"6","phone_number":749,"channels_count":null}]}],
             "metadata":{"total_items":1}}
            """,
            EmployeeResponses.ReadPage).Value;

        Assert.Equal(1, page.TotalItems);
        var employee = Assert.Single(page.Employees);
        Assert.Equal(
            (900007L, "Ann", "Lee", null, "Ann@x.example"),
            (employee.Id, employee.FirstName, employee.LastName, employee.Patronymic, employee.Email));
        Assert.Equal(
            [
                new CallGearPhoneNumber(5, "74955140578...2345", 3, 45, "inactive"),
                new CallGearPhoneNumber(6, "749", null, null, null),
            ],
            employee.PhoneNumbers);
    }

    [Fact]
    [Trait("Rule", "R8.5")]
    public void ReadPage_NameThatNoDatabaseTakes_IsReplaced()
    {
        var page = Bodies.Employees(
            """{"data":[{"id":1,"last_name":"Lee\ud83d","email":"a\u0000@x.example"}],"metadata":{"total_items":1}}""",
            EmployeeResponses.ReadPage).Value;

        var employee = Assert.Single(page.Employees);
        Assert.Equal(("Lee\uFFFD", "a\uFFFD@x.example"), (employee.LastName, employee.Email));
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[],"metadata":{}}""")]
    [InlineData("""{"data":[],"metadata":{"total_items":-1}}""")]
    [InlineData("""{"data":[],"metadata":{"total_items":"many"}}""")]
    [InlineData("""{"metadata":{"total_items":0}}""")]
    [InlineData("""{"data":{},"metadata":{"total_items":0}}""")]
    [InlineData("""{"data":[{}],"metadata":{"total_items":1}}""")]
    [InlineData("""{"data":[7],"metadata":{"total_items":1}}""")]
    [InlineData("""{"data":[{"id":-7}],"metadata":{"total_items":1}}""")]
    [InlineData("""{"data":[{"id":7,"last_name":{}}],"metadata":{"total_items":1}}""")]
    [InlineData("""{"data":[{"id":7,"email":true}],"metadata":{"total_items":1}}""")]
    [InlineData("""{"data":[{"id":7,"email":"a@x.example","email":"b@x.example"}],"metadata":{"total_items":1}}""")]
    [InlineData("""{"data":[{"id":7,"phone_numbers":[{"status":"active","status":"inactive"}]}],"metadata":{"total_items":1}}""")]
    [InlineData("""{"data":[{"id":7,"phone_numbers":{}}],"metadata":{"total_items":1}}""")]
    [InlineData("""{"data":[{"id":7,"phone_numbers":["7495"]}],"metadata":{"total_items":1}}""")]
    [InlineData("""{"data":[{"id":7,"phone_numbers":[{"dial_time":-1}]}],"metadata":{"total_items":1}}""")]
    public void ReadPage_AnotherShape_InvalidAnswer(string result) =>
        Assert.Equal(VendorErrorKind.InvalidAnswer, Bodies.Employees(result, EmployeeResponses.ReadPage).Error!.Kind);

    [Theory]
    [InlineData("""{"data":[{"id":8}]}""")]
    [InlineData("""{"data":[{"id":7},{"id":7}]}""")]
    [InlineData("""{"data":[{"id":7},{"id":8}]}""")]
    public void ReadOne_OthersThanAskedFor_InvalidAnswer(string result) =>
        Assert.Equal(
            VendorErrorKind.InvalidAnswer, Bodies.Employees(result, static (_, lists) => EmployeeResponses.ReadOne(lists, 7)).Error!.Kind);

    [Fact]
    public void ToString_AnyRecord_ShowsNoPersonalData()
    {
        var number = new CallGearPhoneNumber(5, "7495", 1, 60, "active");

        Assert.Equal("phone number 5", number.ToString());
        Assert.Equal("new phone number", CallGearPhoneNumber.New("7495").ToString());
        Assert.Equal("CallGear employee 7", new CallGearEmployee { Id = 7, Email = "a@x.example" }.ToString());
    }
}
