using OrleansSync.Sandbox.Bitrix24;
using OrleansSync.Sandbox.CallGear;
using OrleansSync.Sandbox.Seeding;

namespace OrleansSync.Sandbox.Tests.Seeding;

public sealed class SeedTests
{
    private static readonly SeedOptions _options = new() { Users = 300, Employees = 200, Seed = 7, SpecialCases = true };

    [Fact]
    public void Create_SameSeed_GivesTheSameData()
    {
        Assert.Equal(Text(SeedGenerator.Create(_options)), Text(SeedGenerator.Create(_options)));
        Assert.NotEqual(Text(SeedGenerator.Create(_options)), Text(SeedGenerator.Create(_options with { Seed = 8 })));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 0)]
    [InlineData(12_000, 12_000)]
    public void Create_WithoutSpecialCases_GivesTheSizesAndNoSharedAddresses(int users, int employees)
    {
        var data = SeedGenerator.Create(new SeedOptions { Users = users, Employees = employees });

        Assert.Equal((users, employees), (data.Users.Count, data.Employees.Count));
        Assert.Equal(Enumerable.Range(1, users), data.Users.Select(u => u.Id));
        Assert.Equal(users, data.Users.Select(u => u.Text("EMAIL")).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(employees, data.Employees.Select(e => e.Email).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public void Create_SharedEmailPercent_DecidesHowManyEmployeesMatch(int percent)
    {
        var data = SeedGenerator.Create(new SeedOptions { Users = 50, Employees = 40, SharedEmailPercent = percent });

        var addresses = data.Users.Select(u => u.Text("EMAIL")).ToHashSet();
        Assert.Equal(percent * 40 / 100, data.Employees.Count(e => addresses.Contains(e.Email)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void Create_SizeOutOfRange_IsRefused(int size) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SeedGenerator.Create(new SeedOptions { Users = size }));

    [Fact]
    public void SpecialCases_OfTheRules_AreThere()
    {
        var data = SeedGenerator.Create(_options);
        BitrixUser Case(string name) => data.Users.Single(u => u.Id == data.Cases[name]);
        Employee? ByEmail(string name) => data.Employees.SingleOrDefault(e => e.Email == Case(name).Text("EMAIL"));

        Assert.False(Case("EMAIL/missing").TryGet("EMAIL", out _));
        Assert.True(Case("EMAIL/null").TryGet("EMAIL", out var email) && email is null);
        Assert.Equal("extranet", Case("type/extranet").Text("USER_TYPE"));
        Assert.True(Case("dismissed/false").TryGet("ACTIVE", out var active) && !active!.GetValue<bool>());
        Assert.Equal(
            Case("email/shared in Bitrix24, first").Text("EMAIL"), Case("email/shared in Bitrix24, second").Text("EMAIL"),
            ignoreCase: true);
        Assert.Equal(2, data.Employees.Count(e => "reception@example.com".Equals(e.Email, StringComparison.OrdinalIgnoreCase)));
        Assert.Null(ByEmail("name/null in CallGear")!.LastName);
        Assert.Equal("inactive", Assert.Single(ByEmail("phone/has an inactive number")!.PhoneNumbers).Status);
        Assert.Contains(SpecialCases.RefusedNumber, data.Account.RefusedPhoneNumbers);
        Assert.Contains('\u0669', Case("phone/Arabic-Indic").Text("WORK_PHONE")!);
    }

    [Fact]
    public void Demo_Company_HasTheSizeThatIsPromised()
    {
        var data = DemoSeed.Create();

        Assert.InRange(data.Users.Count, 55, 70);
        Assert.InRange(data.Employees.Count, 20, 30);
        Assert.Equal(DemoSeed.GroupId, Assert.Single(data.Groups).Id);
        Assert.Contains(data.Employees.Select(e => e.Email), e => data.Users.Take(14).Any(u => u.Text("EMAIL") == e));
    }

    private static string Text(SeedData data) => string.Join(
        '\n',
        [
            .. data.Users.Select(u => u.ToJson().ToJsonString()),
            .. data.Employees.Select(e => $"{e.FullName}|{e.Email}|{string.Join(',', e.PhoneNumbers)}"),
        ]);
}
