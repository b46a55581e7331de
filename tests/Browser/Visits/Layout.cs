using Microsoft.Playwright;

namespace OrleansSync.Browser.Visits;

/// <summary>What is wrong with how a page is laid out. Each answers what it found, in words; nothing is good.</summary>
internal static class Layout
{
    /// <summary>
    /// What stands beyond the right edge, so that the page scrolls sideways (WCAG 1.4.10). Regions that scroll by themselves may hold more
    /// than they show.
    /// </summary>
    public static Task<string[]> FindSidewaysAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const scrolls = element => element && element !== document.body && element !== document.documentElement
            && (getComputedStyle(element).overflowX !== 'visible' || scrolls(element.parentElement));
          const root = document.scrollingElement;
          const beyond = [...document.querySelectorAll('body *')].filter(element =>
            element.getBoundingClientRect().right > innerWidth + 0.5 && !scrolls(element.parentElement));
          return root.scrollWidth > innerWidth || beyond.length > 0
            ? [`${location.pathname} is ${root.scrollWidth} wide in ${innerWidth}: `
              + beyond.slice(0, 3).map(element => element.outerHTML.slice(0, 80)).join(' | ')]
            : [];
        }
        """);

    /// <summary>Badges and buttons of which a part cannot be seen: too narrow for their word, or cut by what they stand in.</summary>
    public static Task<string[]> FindCutAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('.badge, .btn')].filter(element => element.offsetParent).filter(element => {
          const box = element.getBoundingClientRect();
          for (let holder = element.parentElement; holder; holder = holder.parentElement) {
            const clip = holder.getBoundingClientRect();
            if (getComputedStyle(holder).overflowX !== 'visible' && (box.left < clip.left - 0.5 || box.right > clip.right + 0.5)) {
              return true;
            }
          }
          return element.scrollWidth > element.clientWidth + 1 || box.right > innerWidth + 0.5;
        }).map(element => `${location.pathname}: “${element.textContent.trim()}” is cut`)
        """);

    /// <summary>
    /// Has lines, letters and words stand as far apart as readers may want them (WCAG 1.4.12), or as they are. The policy of the pages
    /// allows no style sheet of others but one that a script makes.
    /// </summary>
    public static Task SpaceTextAsync(this IPage page, bool isWide) => page.EvaluateAsync(
        """
        isWide => {
          const spaced = new CSSStyleSheet();
          spaced.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }'
            + ' p { margin-block-end: 2em !important }');
          document.adoptedStyleSheets = isWide ? [spaced] : [];
        }
        """,
        isWide);

    /// <summary>Text of which a part is hidden by the box that it stands in.</summary>
    public static Task<string[]> FindHiddenTextAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => [...document.querySelectorAll('body *')].filter(element => element.checkVisibility() && !element.closest('.sr, svg, select'))
          .filter(element => [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim()))
          .filter(element => {
            const style = getComputedStyle(element);
            return (/hidden|clip/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
              || (/hidden|clip/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
          }).map(element => `${location.pathname}: “${element.textContent.trim().slice(0, 40)}” is hidden in part`)
        """);

    /// <summary>
    /// Words of ours that do not stand in the order in which they are written, because a name before them turned them round. Pages whose
    /// language is written from left to right.
    /// </summary>
    public static Task<string[]> FindTurnedRoundAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const found = [];
          const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
          let before = null;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement;
            if (!parent.checkVisibility() || parent.closest('bdi, script, style, option')) {
              continue;
            }
            const block = parent.closest('p, li, td, th, dd, dt, div, section, main');
            const ours = node.data.replace(/\u2068[^\u2069]*\u2069/g, isolated => ' '.repeat(isolated.length));
            for (const { 0: word, index } of ours.matchAll(/\S+/g)) {
              const range = document.createRange();
              range.setStart(node, index);
              range.setEnd(node, index + word.length);
              const box = range.getBoundingClientRect();
              const sameLine = before?.block === block
                && Math.min(box.bottom, before.box.bottom) - Math.max(box.top, before.box.top) > 4;
              if (sameLine && box.left < before.box.left) {
                found.push(`${location.pathname}: “${word}” stands before “${before.word}”`);
              }
              before = { block, box, word };
            }
          }
          return found;
        }
        """);

    /// <summary>Words of two neighbours that touch, as a label and its value without anything between them.</summary>
    public static Task<string[]> FindStuckWordsAsync(this IPage page) => page.EvaluateAsync<string[]>(
        """
        () => {
          const found = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          let before = null;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (!node.parentElement.checkVisibility() || node.parentElement.closest('script, style, .sr, option')) {
              continue;
            }
            const range = document.createRange();
            range.selectNodeContents(node);
            const boxes = [...range.getClientRects()];
            if (before && boxes.length > 0) {
              const gap = boxes[0].left - before.box.right;
              const sameLine = Math.min(boxes[0].bottom, before.box.bottom) - Math.max(boxes[0].top, before.box.top) > 4;
              if (sameLine && gap > -2 && gap < 1.5 && /[\p{L}\p{N}→]$/u.test(before.text) && /^[\p{L}\p{N}(→]/u.test(node.data)) {
                found.push(`${location.pathname}: “${before.text.slice(-30)}${node.data.slice(0, 30)}”`);
              }
            }
            before = boxes.length > 0 ? { text: node.data, box: boxes[boxes.length - 1] } : before;
          }
          return found;
        }
        """);
}
