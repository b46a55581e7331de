using Microsoft.Playwright;

namespace OrleansSync.Browser.Visits;

/// <summary>A visitor's hands without a mouse. Notes each element on the way where one cannot see that it has the focus.</summary>
internal sealed class Keyboard(IPage page)
{
    // More than anything on these pages needs.
    private const int MostTabs = 120;

    /// <summary>How everything that can have the focus looks without it.</summary>
    private const string Remember =
        """
        window.unfocused ??= new Map([...document.querySelectorAll('a, button, input, select, textarea, summary, label, [tabindex]')]
          .map(element => [element, [getComputedStyle(element).outline, getComputedStyle(element).boxShadow]]))
        """;

    /// <summary>Whether what has the focus is what is looked for, and what is wrong with it: empty for nothing.</summary>
    private const string Judge =
        """
        async wanted => {
          // What comes or leaves with the focus has done so.
          await new Promise(tell => requestAnimationFrame(() => setTimeout(tell)));
          await Promise.allSettled(document.getAnimations().filter(one => one.effect.getComputedTiming().endTime < 1000)
            .map(one => one.finished));
          const element = document.activeElement;
          const told = element.outerHTML.slice(0, 100);
          if (element === document.body) {
            return [false, ''];
          }
          const isThere = element.matches(wanted);
          const shown = [element, element.closest('label')].filter(Boolean).some(one => {
            const style = getComputedStyle(one);
            const [outline, shadow] = window.unfocused.get(one) ?? ['', 'none'];
            return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 && style.outline !== outline)
              || (style.boxShadow !== 'none' && style.boxShadow !== shadow);
          });
          if (!shown) {
            return [isThere, `${location.pathname}: nothing shows that this has the focus: ${told}`];
          }
          const box = (element.closest('label') ?? element).getClientRects()[0];
          const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
          const seen = document.elementFromPoint(x, y);
          const isSeen = seen && (element.contains(seen) || seen.contains(element));
          return [isThere, isSeen && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth
            ? '' : `${location.pathname}: this has the focus where it cannot be seen: ${told}`];
        }
        """;

    /// <summary>What was wrong on the way so far.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Goes forward by Tab until what a selector names has the focus.</summary>
    public async Task TabToAsync(string selector)
    {
        await page.EvaluateAsync(Remember);
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            await page.Keyboard.PressAsync("Tab");
            var judged = (await page.EvaluateAsync(Judge, selector))!.Value;
            if (judged[1].GetString() is { Length: > 0 } fault)
            {
                Faults.Add(fault);
            }

            if (judged[0].GetBoolean())
            {
                return;
            }
        }

        Assert.Fail($"{page.Url}: the keyboard does not come to {selector}.");
    }

    /// <summary>Jumps over the head of a page, with the link that is there for it.</summary>
    public async Task SkipAsync()
    {
        await TabToAsync(".skip");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#main:focus").WaitForAsync();
    }

    /// <summary>Follows the link, or presses the button, that has the focus, and waits for the page whose address has this in it.</summary>
    public async Task GoAsync(string key, string part)
    {
        await page.Keyboard.PressAsync(key);
        await page.WaitForURLAsync(address => address.Contains(part, StringComparison.Ordinal));
    }
}
