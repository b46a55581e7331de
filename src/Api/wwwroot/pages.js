// What pages do beyond HTML's own. All of them work without it.

// A menu closes by Escape, which gives the focus back, and by a press elsewhere.
const openMenus = () => document.querySelectorAll('details.menu[open]');

document.addEventListener('click', (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) {
      menu.open = false;
    }
  }
});

document.addEventListener('keydown', (event) => {
  const isTyping = event.target.matches('input, textarea, select');
  if ((event.key === '/' && !isTyping) || (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey))) {
    const field = document.querySelector('[data-searches]');
    if (field) {
      event.preventDefault();
      field.focus();
    }
  }

  if (event.key !== 'Escape') {
    return;
  }

  const menus = [...openMenus()];
  for (const menu of menus) {
    menu.open = false;
    menu.querySelector('summary').focus();
  }

  // A panel is an address: closing it is going there.
  const close = document.querySelector('[data-escape]');
  if (menus.length === 0 && close) {
    close.click();
  }
});

// A choice acts at once; the theme even before the service has answered.
document.addEventListener('change', (event) => {
  const field = event.target;
  if (field.name === 'theme') {
    document.documentElement.toggleAttribute('data-theme', field.value !== 'system');
    if (field.value !== 'system') {
      document.documentElement.dataset.theme = field.value;
    }
  }

  if (field.name === 'density') {
    document.documentElement.dataset.density = field.value;
  }

  if (field.hasAttribute('data-sends')) {
    field.form.requestSubmit();
  }

  if (field.classList.contains('tick') || field.hasAttribute('data-ticks-all')) {
    countTicks(field);
  }
});

// How many rows are chosen; the box in the head chooses all of them.
function countTicks(field) {
  const form = field.form;
  const boxes = [...form.querySelectorAll('.tick')];
  if (field.hasAttribute('data-ticks-all')) {
    boxes.forEach((box) => { box.checked = field.checked; });
  }

  const count = boxes.filter((box) => box.checked).length;
  const all = form.querySelector('[data-ticks-all]');
  all.checked = count === boxes.length;
  all.indeterminate = count > 0 && count < boxes.length;
  form.querySelector('.how-many').textContent = count.toLocaleString(document.documentElement.lang);
}

document.addEventListener('reset', (event) => {
  const all = event.target.querySelector('[data-ticks-all]');
  if (all) {
    all.indeterminate = false;
  }
});

// What was done is told for a while, longer while somebody looks at it; the address does not tell it again.
const toast = document.querySelector('[data-toast]');
if (toast) {
  // Beside what is looked at anew, which would take it away.
  document.body.append(toast.parentElement);
  const address = new URL(location.href);
  address.searchParams.delete('notice');
  address.searchParams.delete('changed');
  history.replaceState(history.state, '', address);
  let leaving;
  const leave = () => { leaving = setTimeout(() => toast.remove(), 8000); };
  const stay = () => clearTimeout(leaving);
  toast.addEventListener('pointerenter', stay);
  toast.addEventListener('pointerleave', leave);
  toast.addEventListener('focusin', stay);
  toast.addEventListener('focusout', leave);
  leave();
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('button');
  if (button?.hasAttribute('data-closes')) {
    button.closest('[data-toast]').remove();
  } else if (button?.hasAttribute('data-copies')) {
    await navigator.clipboard.writeText(button.dataset.copies);
    button.classList.add('is-done');
    setTimeout(() => button.classList.remove('is-done'), 2000);
  } else if (button?.hasAttribute('data-opens')) {
    document.getElementById(button.dataset.opens).showModal();
  }
});
