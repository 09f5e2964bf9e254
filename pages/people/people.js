const tabs = [...document.querySelectorAll('[role="tab"]')];
const seats = new Map(tabs.map((tab) => [tab, document.getElementById(tab.getAttribute('aria-controls'))]));
const narrow = matchMedia('(width < 900px)');

function show(chosen) {
  for (const [tab, seat] of seats) {
    const shown = tab === chosen;
    tab.ariaSelected = String(shown);
    tab.tabIndex = shown ? 0 : -1;
    seat.toggleAttribute('data-shown', shown);
  }
}

/** The tab that a key leads to from `tab`, in the reading direction of the page. */
function neighbour(tab, key) {
  const at = tabs.indexOf(tab);
  switch (key) {
    case 'ArrowRight':
      return tabs[(at + 1) % tabs.length];
    case 'ArrowLeft':
      return tabs.at(at - 1);
    case 'Home':
      return tabs[0];
    case 'End':
      return tabs.at(-1);
    default:
      return undefined;
  }
}

/** Side by side they are three regions; one at a time they are the panels of the tabs. */
function nameSeats() {
  for (const seat of seats.values()) {
    if (narrow.matches) seat.setAttribute('role', 'tabpanel');
    else seat.removeAttribute('role');
  }
}

for (const tab of tabs) {
  tab.addEventListener('click', () => show(tab));
  tab.addEventListener('keydown', (event) => {
    const next = neighbour(tab, event.key);
    if (!next) return;
    event.preventDefault();
    show(next);
    next.focus();
  });
}

for (const seat of seats.values()) {
  const frame = seat.querySelector('iframe');
  seat.querySelector('[data-reload]').addEventListener('click', () => frame.contentWindow.location.reload());
}

narrow.addEventListener('change', nameSeats);
nameSeats();
