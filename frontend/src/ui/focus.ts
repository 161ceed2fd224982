/** For a dialog that is there only while it is open: closing it leads back to what it was opened from, or to the page's
 * head where that is gone with what was done. */
import { useEffect, useRef } from "react";

export function useFocusBack(): void {
  // Read while rendering: once the dialog stands, the focus is inside it.
  const from = useRef(document.activeElement);
  useEffect(() => {
    // A dialog that takes another's place was opened inside that one, which led back, on going, to where both began.
    const opener = from.current?.isConnected ? from.current : document.activeElement;
    return () => {
      const back = opener instanceof HTMLElement && opener.isConnected ? opener : document.querySelector("h1");
      back?.focus({ preventScroll: true });
    };
  }, []);
}
