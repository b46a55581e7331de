using Microsoft.Playwright;
using OrleansSync.Browser.Demo;
using OrleansSync.Browser.Visits;

namespace OrleansSync.Browser.Pages;

/// <summary>What moves, and that nothing does for those who asked their system for less motion (WCAG 2.3.3).</summary>
public sealed class MotionTests(RunningDemo demo, Chromium chromium)
{
    /// <summary>Names each element, or what is before or after it, that takes longer than a hundredth of a second to move.</summary>
    private const string FindMoving =
        """
        () => {
          const longest = times => Math.max(...times.split(',').map(time => parseFloat(time) * (time.trim().endsWith('ms') ? 1 : 1000)));
          const found = document.getAnimations().filter(animation => animation.playState === 'running')
            .filter(animation => animation.effect.getComputedTiming().activeDuration > 10)
            .map(animation => `${location.pathname}: ${animation.animationName ?? animation.transitionProperty} of `
              + animation.effect.target.outerHTML.slice(0, 80));
          for (const element of document.querySelectorAll('*')) {
            for (const part of [null, '::before', '::after']) {
              const style = getComputedStyle(element, part);
              if (longest(style.transitionDuration) > 10 || (style.animationName !== 'none' && longest(style.animationDuration) > 10)) {
                found.push(`${location.pathname}: ${part ?? ''} of ${element.outerHTML.slice(0, 80)}`);
              }
            }
          }
          return found;
        }
        """;

    [Fact]
    public async Task Pages_ForWhoeverWantsLessMotion_DoNotMove()
    {
        await demo.ConnectAsync("moving", users: 6);
        await using var calm = await chromium.VisitAsync(demo.Address);
        await using var lively = await chromium.VisitAsync(demo.Address, Look.Light with { HasMotion = true });
        await calm.SignInAsync(RunningDemo.OperatorKey);
        await lively.SignInAsync(RunningDemo.OperatorKey);
        List<string> moving = [];
        await LookAsync("/accounts", ".table");
        await LookAsync("/accounts/moving?notice=kept", ".toast");
        var held = await demo.HoldAsync("moving", "get.employees");
        await calm.Page.Locator("form[action*='/synchronize?'] button").First.ClickAsync();
        await demo.WaitForHeldAsync(held);
        await calm.Page.GetByRole(AriaRole.Progressbar).WaitForAsync();
        await LookAsync(calm.Page.Url, ".spin");
        await lively.Page.GotoAsync(calm.Page.Url);
        await lively.Page.Locator(".spin").WaitForAsync();

        Assert.Contains(
            await lively.Page.EvaluateAsync<string[]>(FindMoving), one => one.Contains("spin of <svg", StringComparison.Ordinal));
        await demo.ReleaseAsync(held);
        Visitor.AssertNothing(moving);
        calm.AssertNothingWentWrong();
        lively.AssertNothingWentWrong();

        async Task LookAsync(string address, string shows)
        {
            await calm.Page.GotoAsync(address);
            await calm.Page.Locator(shows).First.WaitForAsync();
            moving.AddRange(await calm.Page.EvaluateAsync<string[]>(FindMoving));
        }
    }
}
