using CsCheck;
using OrleansSync.CallGear.Employees;

namespace OrleansSync.CallGear.Tests.Employees;

public sealed class EmployeeRangeListTests
{
    [Fact]
    public void NextRange_UnstablePages_DividesTheIdsWithoutGapOrOverlap()
    {
        var list = new EmployeeRangeList(Unstable(total: 20_002, [.. Enumerable.Range(1, 9_000).Select(static id => (long)id)]));
        var ranges = new List<EmployeeIdRange>();

        while (list.NextRange() is { } range)
        {
            ranges.Add(range);
            Assert.Null(list.Add(Page(0)));
        }

        Assert.Equal([new(null, 3_001), new(3_001, 6_001), new(6_001, null)], ranges);
        Assert.True(list.IsComplete);
    }

    [Fact]
    public void Add_EachRangeWhole_IsTheWholeList()
    {
        var list = new EmployeeRangeList(Unstable(total: 12_000, 10, 20));

        Assert.Null(list.Add(Page(2, 20, 10)));
        Assert.False(list.IsComplete);
        Assert.Null(list.Add(Page(1, 21)));

        Assert.True(list.IsComplete);
        Assert.Equal([10, 20, 21], list.Employees.Select(static employee => employee.Id).Order());
    }

    [Fact]
    public void Add_FewerThanTheTotal_Error()
    {
        var list = new EmployeeRangeList(Unstable(total: 12_000, 10, 20));

        var error = list.Add(Page(3, 20, 10));

        Assert.Equal("The list of employees from CallGear is not whole: 2 different employees came instead of 3.", error!.Message);
        Assert.Same(error, list.Error);
        Assert.False(list.IsComplete);
        Assert.Null(list.NextRange());
        Assert.Throws<InvalidOperationException>(() => list.Add(Page(0)));
    }

    [Fact]
    public void Add_OutsideTheRange_Error()
    {
        var list = new EmployeeRangeList(Unstable(total: 12_000, 10, 20));

        var error = list.Add(Page(1, 21));

        Assert.Equal("The list of employees from CallGear is not whole: employee 21 came although it was not asked for.", error!.Message);
    }

    [Fact]
    public void NextRange_AnyIds_EachIdLiesInExactlyOneRange() =>
        Gen.Select(Gen.Long[1, 1_000].Array[1, 200], Gen.Long[10_001, 100_000]).Sample(static (seen, total) =>
        {
            var list = new EmployeeRangeList(Unstable(total, seen));
            var ranges = new List<EmployeeIdRange>();
            while (list.NextRange() is { } range)
            {
                ranges.Add(range);
                list.Add(Page(0));
            }

            return Enumerable.Range(0, 1_010).All(id => ranges.Count(range => range.Contains(id)) == 1);
        });

    [Fact]
    public void NextRange_SmallerAndLargerLimits_NeverAsksForMoreThanOneHolds() =>
        Gen.Int[100, 4_000].Array[200].Sample(static limits =>
        {
            var list = new EmployeeRangeList(Unstable(9_000, [.. Enumerable.Range(1, 9_000).Select(static id => (long)id)]));
            for (var index = 0; list.NextRange(limits[index]) is { } range; index++)
            {
                long[] ids = [.. Enumerable.Range(1, 9_000).Select(static id => (long)id).Where(id => range.Contains(id))];
                Assert.InRange(ids.Length, 1, limits[index]);
                Assert.Null(list.Add(Page(ids.Length, ids), limits[index]));
            }

            Assert.True(list.IsComplete);
            Assert.Equal(9_000, list.Employees.Count);
        }, iter: 20);

    private static EmployeeList Unstable(long total, params long[] ids)
    {
        var list = new EmployeeList();
        list.Add(Page(total, ids));
        return list;
    }

    private static EmployeePage Page(long total, params long[] ids) =>
        new([.. ids.Select(static id => new CallGearEmployee { Id = id })], total);
}
