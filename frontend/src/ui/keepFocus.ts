/** Whoever works by keyboard stays where they are when what they pressed goes with what it did, or is out of use for a
 * moment: on it once it is back, else on what stands in its place. */

interface Place {
  parent: Element;
  index: number;
}

const FIELD = "input, select, textarea";
const TARGET = `${FIELD}, button, a[href]`;

export function keepFocus(): () => void {
  let from: HTMLElement | undefined;
  let places: Place[] = [];
  let page = "";
  let wasOut = false;
  let frame = 0;

  const remember = ({ target }: FocusEvent) => {
    from = target instanceof HTMLElement && target.matches(":focus-visible") ? target : undefined;
    places = from ? placesOf(from) : [];
    page = window.location.pathname;
    wasOut = false;
  };
  const forget = () => {
    from = undefined;
  };
  const look = () => {
    if (!from || document.activeElement !== document.body || page !== window.location.pathname) return;
    if (from.isConnected) {
      if (wasOut && !from.matches(":disabled")) from.focus({ preventScroll: true });
      return;
    }
    const place = places.find(({ parent }) => parent.isConnected);
    if (place) goTo(place);
  };
  const changed = new MutationObserver(() => {
    if (!from) return;
    wasOut ||= from.matches(":disabled");
    cancelAnimationFrame(frame);
    // Pages that know better where to go on have gone there by then.
    frame = requestAnimationFrame(look);
  });

  document.addEventListener("focusin", remember);
  document.addEventListener("pointerdown", forget);
  changed.observe(document.body, { subtree: true, childList: true, attributeFilter: ["disabled"] });
  return () => {
    document.removeEventListener("focusin", remember);
    document.removeEventListener("pointerdown", forget);
    changed.disconnect();
    cancelAnimationFrame(frame);
  };
}

/** Where it stands on the page or in a dialog, from the inside out: a dialog that goes leads back by itself. */
function placesOf(element: Element): Place[] {
  const places: Place[] = [];
  const whole = element.closest("main, [role=dialog]");
  for (let one = element; whole && one !== whole; ) {
    const parent = one.parentElement as Element;
    places.push({ parent, index: [...parent.children].indexOf(one) });
    one = parent;
  }
  return places;
}

/** Never onto a button: the key that is still held would press it, too. */
function goTo({ parent, index }: Place): void {
  const there = parent.children[index] ?? parent.lastElementChild ?? parent;
  const field = there.matches(FIELD) ? there : there.querySelector(FIELD);
  const whole = parent.matches("main") ? document.querySelector("h1") : there.matches(TARGET) ? parent : there;
  const target = field ?? whole;
  if (!(target instanceof HTMLElement)) return;
  if (!target.matches(`${TARGET}, [tabindex]`)) {
    target.tabIndex = -1;
    target.addEventListener("blur", () => target.removeAttribute("tabindex"), { once: true });
  }
  target.focus({ preventScroll: true });
}
