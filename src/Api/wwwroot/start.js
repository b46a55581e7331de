// Pages are whole documents: patching one into the next would take away what the components' elements set on themselves.
Blazor.start({
  ssr: { disableDomPreservation: true },
  circuit: {
    reconnectionOptions: {
      maxRetries: 8,
      retryIntervalMilliseconds: (attempt, most) => (attempt < most ? Math.min(500 * 2 ** attempt, 5000) : null),
    },
  },
});

// A live part lives in the memory of one process. When that is gone, the page has to be made anew: at once where the service says so
// ("rejected"), and otherwise as soon as anything answers at the page's address, be it the page or the way to sign in again.
const pause = 5000;

document.getElementById('components-reconnect-modal').addEventListener('components-reconnect-state-changed', (event) => {
  if (event.detail.state === 'rejected') {
    location.reload();
  } else if (event.detail.state === 'failed') {
    reloadWhenAnswered();
  }
});

async function reloadWhenAnswered() {
  try {
    const answer = await fetch(location.href, { method: 'HEAD', redirect: 'manual', cache: 'no-store' });
    if (answer.status < 500) {
      location.reload();
      return;
    }
  } catch {
    // Nobody is there yet.
  }

  setTimeout(reloadWhenAnswered, pause);
}
