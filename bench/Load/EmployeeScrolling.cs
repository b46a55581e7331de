using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace OrleansSync.Load;

/// <summary>How frames followed each other while a person scrolled.</summary>
/// <param name="Pixels">How far.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Count">Frames that were shown.</param>
/// <param name="Median">Half of them came within so many milliseconds of the one before.</param>
/// <param name="Longest">Milliseconds between two frames at most.</param>
/// <param name="Blank">Frames in which no row had its text yet.</param>
internal sealed record ScrolledFrames(int Pixels, double Seconds, int Count, double Median, double Longest, int Blank);

/// <summary>Somebody who scrolls through the table of employees.</summary>
/// <param name="page">The browser's page.</param>
/// <param name="account">The account.</param>
/// <param name="users">How many rows there are.</param>
internal sealed class EmployeeScrolling(IPage page, string account, int users)
{
    // Where a row is depends on the heights of rows, which the table knows only when it has shown some: one in so many of all rows.
    private const int Tolerance = 20;

    // A wheel's notch, as fast as a person turns it.
    private const int PixelsATurn = 120;
    private const int WheelTurns = 100;
    private static readonly TimeSpan _turn = TimeSpan.FromMilliseconds(50);

    private int _row = 1;

    /// <summary>Opens the table, until the first rows can be read.</summary>
    public async Task OpenAsync()
    {
        await page.GotoAsync($"/accounts/{account}/employees", new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        await RowAsync(1);
    }

    /// <summary>Goes to a row far from the one before, until it can be read.</summary>
    public async Task JumpAsync()
    {
        // Steps that share no factor with the number of rows come everywhere.
        _row = ((_row + 17_389) % users) + 1;
        await page.Locator(".grid").EvaluateAsync(
            "(grid, share) => grid.scrollTop = share * grid.scrollHeight", (_row - 1) / (double)users);

        // In one evaluation: the content security policy forbids the browser's tool to wait for a condition.
        await page.EvaluateAsync(
            """
            ([wanted, tolerance]) => new Promise(resolve => {
              const box = document.querySelector('.grid').getBoundingClientRect();
              const look = () => {
                const row = [...document.querySelectorAll('.grid button.link')].find(one => {
                  const place = one.getBoundingClientRect();
                  return place.top > box.top && place.bottom < box.bottom;
                });
                if (row && Math.abs(Number(row.id.slice('row-'.length)) - wanted) < tolerance) resolve();
                else requestAnimationFrame(look);
              };
              look();
            })
            """,
            new[] { _row, users / Tolerance });
    }

    /// <summary>Turns the wheel without a pause, and looks at every frame.</summary>
    public async Task<ScrolledFrames> ScrollAsync()
    {
        await OpenAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await page.Locator(".grid").HoverAsync();
        await page.EvaluateAsync(
            """
            () => {
              const grid = document.querySelector('.grid');
              const box = grid.getBoundingClientRect();
              const frames = window.frames_ = { times: [], blank: 0, going: true };
              const look = now => {
                frames.times.push(now);
                const middle = document.elementFromPoint(box.left + 60, box.top + box.height / 2);
                frames.blank += middle?.closest('td')?.querySelector('button') || middle?.matches('button.link') ? 0 : 1;
                if (frames.going) requestAnimationFrame(look);
              };
              requestAnimationFrame(look);
            }
            """);
        for (var turn = 0; turn < WheelTurns; turn++)
        {
            await page.Mouse.WheelAsync(0, PixelsATurn);
            await Task.Delay(_turn, TimeProvider.System);
        }

        var result = await page.EvaluateAsync<JsonElement>(
            "() => { window.frames_.going = false; return { times: window.frames_.times, blank: window.frames_.blank }; }");
        var times = result.GetProperty("times").EnumerateArray().Select(time => time.GetDouble()).ToList();
        var gaps = times.Zip(times.Skip(1), (one, next) => next - one).Order().ToList();
        return new ScrolledFrames(
            WheelTurns * PixelsATurn, (times[^1] - times[0]) / 1000, gaps.Count, gaps[gaps.Count / 2], gaps[^1],
            result.GetProperty("blank").GetInt32());
    }

    private Task RowAsync(int id) => page.Locator(string.Create(CultureInfo.InvariantCulture, $"#row-{id}")).WaitForAsync();
}
