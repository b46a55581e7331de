// Keeps a page as it would be if it were opened now, while something is under way: the same address is asked again, and only what
// differs is changed, so that the place, the focus, and what was typed or opened stay.
const longest = 60000;
const sign = () => document.querySelector('[data-look-again]');
let pause = 0;

// What the person has done since, and what scripts have written.
function keeps(name, element) {
  return (name === 'open' && element.matches('details, dialog'))
    || (name === 'checked' && element.matches('.tick, [data-ticks-all]'))
    || (name === 'value' && element.matches('[type=search]'))
    || (name === 'title' && element.matches('local-time'));
}

async function look() {
  const mark = sign();
  if (!mark) {
    return;
  }

  pause = Math.max(pause, mark.dataset.lookAgain * 1000);
  if (!document.hidden) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
      if (answer.status >= 500 || answer.status === 429) {
        throw new Error(`status ${answer.status}`);
      }

      if (answer.redirected || !answer.ok) {
        // The sign-in has ended, or the page is gone: what stands there now says so.
        location.reload();
        return;
      }

      show(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      pause = 0;
    } catch {
      // Nobody is there for now, or only a proxy before it; asked more and more rarely.
      pause = Math.min(pause * 2, longest);
    }
  }

  setTimeout(look, Math.max(pause, (sign()?.dataset.lookAgain ?? 5) * 1000));
}

function show(anew) {
  document.title = anew.title;
  Idiomorph.morph(document.getElementById('main'), anew.getElementById('main').outerHTML, {
    ignoreActiveValue: true,
    callbacks: {
      beforeAttributeUpdated: (name, element) => !keeps(name, element),
      beforeNodeMorphed: (element) => !(element instanceof Element && element.matches('.how-many')),
    },
  });
}

setTimeout(look, sign().dataset.lookAgain * 1000);
