// Shows a moment in the viewer's zone, by the language of the page and the viewer's region. Its text lies in a shadow root, so that what
// the server renders inside stays the server's.
const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
const language = document.documentElement.lang;
const locale = navigator.languages.find((wish) => wish.split('-')[0] === language) ?? language;
const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: 'numeric' });
const dayOfThisYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' });
const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const timeWithSeconds = new Intl.DateTimeFormat(locale, { timeStyle: 'medium' });
const full = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const ago = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
const agoShort = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

class LocalTime extends HTMLElement {
  static observedAttributes = ['datetime', 'format'];

  connectedCallback() {
    this.show();
    if (this.getAttribute('format')?.startsWith('relative')) {
      this.timer = setInterval(() => this.show(), 30000);
    }
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  attributeChangedCallback() {
    this.show();
  }

  show() {
    const at = new Date(this.getAttribute('datetime'));
    if (Number.isNaN(at.getTime())) {
      return;
    }

    this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    this.title = full.format(at);
    this.shadowRoot.textContent = textOf(at, this.getAttribute('format'));
  }
}

function textOf(at, format) {
  switch (format) {
    case 'relative': return relative(at, ago);
    case 'relative-short': return relative(at, agoShort);
    case 'time': return daysAgo(at) === 0 ? time.format(at) : `${dayOf(at)}, ${time.format(at)}`;
    case 'time-seconds': return timeWithSeconds.format(at);
    case 'clock': return time.format(at);
    case 'day': return dayOf(at);
    default: return `${dayOf(at)}, ${time.format(at)}`;
  }
}

function relative(at, words) {
  const seconds = Math.round((at.getTime() - Date.now()) / 1000);
  const [unit, size] = units.find(([, least]) => Math.abs(seconds) >= least) ?? units[units.length - 1];
  return words.format(Math.trunc(seconds / size), unit);
}

function dayOf(at) {
  const days = daysAgo(at);
  if (days === 0 || days === 1) {
    const word = ago.format(-days, 'day');
    return word.charAt(0).toLocaleUpperCase(locale) + word.slice(1);
  }

  return (at.getFullYear() === new Date().getFullYear() ? dayOfThisYear : day).format(at);
}

function daysAgo(at) {
  const midnight = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
  return Math.round((midnight(new Date()) - midnight(at)) / 86400000);
}

customElements.define('local-time', LocalTime);
