// Shows a moment in the viewer's zone and language. Its text lies in a shadow root, so that what the server renders inside stays the
// server's.
const units = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];

class LocalTime extends HTMLElement {
  static observedAttributes = ['datetime', 'format'];

  connectedCallback() {
    this.show();
    if (this.getAttribute('format') === 'relative') {
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
    const language = document.documentElement.lang;
    const full = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
    this.title = full;
    this.shadowRoot.textContent = this.text(at, language, full);
  }

  text(at, language, full) {
    const format = this.getAttribute('format');
    if (format === 'time' && at.toDateString() === new Date().toDateString()) {
      return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(at);
    }

    if (format !== 'relative') {
      return full;
    }

    const seconds = Math.round((at.getTime() - Date.now()) / 1000);
    const [unit, size] = units.find(([, least]) => Math.abs(seconds) >= least) ?? units[units.length - 1];
    return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(Math.trunc(seconds / size), unit);
  }
}

customElements.define('local-time', LocalTime);
