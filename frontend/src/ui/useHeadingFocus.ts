/** Whoever listens to the screen is put before the heading of the page they went to. */
import { type RefObject, useEffect, useRef } from "react";

/** Where the last heading stood; none before the first page, which takes the focus from nobody. */
let last: string | undefined;

export function useHeadingFocus(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const here = window.location.pathname;
    if (last !== undefined && last !== here) heading.current?.focus({ preventScroll: true });
    last = here;
  }, []);
  return heading;
}
