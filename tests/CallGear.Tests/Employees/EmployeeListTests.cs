using CsCheck;
using OrleansSync.CallGear.Employees;

namespace OrleansSync.CallGear.Tests.Employees;

/// <summary>R8.10: a list counts as whole only when as many different employees were read as every page says there are.</summary>
public sealed class EmployeeListTests
{
    [Fact]
    public void Add_OnePageWithEverybody_IsComplete()
    {
        var list = new EmployeeList();

        Assert.Equal(0, list.NextOffset);
        Assert.Null(list.Add(Page(3, 1, 2, 3)));
        Assert.True(list.IsComplete);
        Assert.Null(list.NextOffset);
        Assert.Equal(3, list.Employees.Count);
    }

    [Fact]
    public void Add_EmptyAccount_IsComplete()
    {
        var list = new EmployeeList();

        Assert.Null(list.Add(Page(0)));
        Assert.True(list.IsComplete);
    }

    [Theory]
    [InlineData(10_000, 1)]
    [InlineData(10_001, 2)]
    [InlineData(20_000, 2)]
    [InlineData(110_000, 11)]
    public void Add_SeveralPages_AsksForEachOnce(int total, int pages)
    {
        var list = new EmployeeList();
        var offsets = new List<int>();
        while (list.NextOffset is { } offset)
        {
            offsets.Add(offset);
            var count = Math.Min(EmployeeList.PageSize, total - offset);
            Assert.Null(list.Add(Page(total, [.. Enumerable.Range(offset + 1, count).Select(static id => (long)id)])));
        }

        Assert.Equal(Enumerable.Range(0, pages).Select(static page => page * 10_000), offsets);
        Assert.True(list.IsComplete);
        Assert.Equal(total, list.Employees.Count);
    }

    [Fact]
    public void Add_PagesOverlap_IncompleteAndWorthReadingAgain()
    {
        var list = new EmployeeList();
        list.Add(Page(10_002, [.. Enumerable.Range(1, 10_000).Select(static id => (long)id)]));

        var error = list.Add(Page(10_002, 10_000, 10_001));

        Assert.Equal(VendorErrorKind.InvalidAnswer, error!.Kind);
        Assert.Equal(
            "The list of employees from CallGear is not whole: 10001 different employees came instead of 10002.", error.Message);
        Assert.Same(error, list.Error);
        Assert.False(list.IsComplete);
        Assert.True(list.IsWorthReadingAgain);
        Assert.Null(list.NextOffset);
    }

    [Fact]
    public void Add_TotalChangedBetweenPages_IncompleteAndWorthReadingAgain()
    {
        var list = new EmployeeList();
        list.Add(Page(10_001, [.. Enumerable.Range(1, 10_000).Select(static id => (long)id)]));

        var error = list.Add(Page(10_000, 10_001));

        Assert.NotNull(error);
        Assert.False(list.IsComplete);
        Assert.True(list.IsWorthReadingAgain);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void Add_OnePageWithAnotherTotal_Incomplete(long total)
    {
        var list = new EmployeeList();

        Assert.NotNull(list.Add(Page(total, 1, 2)));
        Assert.False(list.IsComplete);
    }

    [Fact]
    public void Add_EmptyPageBeforeTheEnd_EndsIncomplete()
    {
        var list = new EmployeeList();

        Assert.NotNull(list.Add(Page(30_000)));
        Assert.Null(list.NextOffset);
    }

    [Fact]
    public void Add_MoreThanCanBeRead_ErrorAtOnceAndNotWorthReadingAgain()
    {
        var list = new EmployeeList();

        var error = list.Add(Page(110_001, 1));

        Assert.Equal(
            "The list of employees from CallGear is not whole: the account has 110001 employees and CallGear lets no more than 110000 be "
            + "read.",
            error!.Message);
        Assert.False(list.IsWorthReadingAgain);
        Assert.Null(list.NextOffset);
    }

    /// <summary>R8.10: the proof holds for pages of any size, also where they change in between.</summary>
    [Fact]
    public void Add_PagesOfAnySizes_IsEveryEmployeeOnce() =>
        Gen.Select(Gen.Int[0, 3_000], Gen.Int[100, 2_000].Array[40]).Sample(static (total, limits) =>
        {
            var list = new EmployeeList();
            for (var page = 0; list.NextOffset is { } offset; page++)
            {
                var count = Math.Clamp(total - offset, 0, limits[page]);
                Assert.Null(list.Add(Page(total, [.. Enumerable.Range(offset + 1, count).Select(static id => (long)id)]), limits[page]));
            }

            Assert.True(list.IsComplete);
            Assert.Equal(total, list.Employees.Count);
        });

    [Fact]
    public void NextOffset_SmallPagesOfAVeryLargeAccount_NeverGoesBeyondTheFurthest()
    {
        const int Total = EmployeeList.MaxOffset + 5_000;
        var list = new EmployeeList();
        while (list.NextOffset is { } offset)
        {
            Assert.InRange(offset, 0, EmployeeList.MaxOffset);
            var limit = offset == EmployeeList.MaxOffset ? EmployeeList.PageSize : 7_000;
            var count = Math.Min(limit, Total - offset);
            Assert.Null(list.Add(Page(Total, [.. Enumerable.Range(offset + 1, count).Select(static id => (long)id)]), limit));
        }

        Assert.True(list.IsComplete);
    }

    [Fact]
    public void Add_AfterTheEnd_Throws()
    {
        var list = new EmployeeList();
        list.Add(Page(1, 1));

        Assert.Throws<InvalidOperationException>(() => list.Add(Page(1, 1)));
    }

    [Fact]
    public void IsComplete_AnyPages_OnlyWithAsManyDifferentEmployeesAsEachPageTold() =>
        Gen.Select(Gen.Long[1, 12].Array[0, 12], Gen.Long[0, 12]).Sample((ids, total) =>
        {
            var list = new EmployeeList();

            var error = list.Add(Page(total, ids));

            Assert.Equal(ids.Distinct().Count() == total, list.IsComplete);
            Assert.Equal(list.IsComplete, error is null);
        });

    private static EmployeePage Page(long total, params long[] ids) =>
        new([.. ids.Select(static id => new CallGearEmployee { Id = id })], total);
}
