/** For a dialog that is there only while it is open: closing it leads back to what it was opened from. */
import { useEffect, useRef } from "react";

export function useFocusBack(): void {
  // Read while rendering: once the dialog stands, the focus is inside it.
  const from = useRef(document.activeElement);
  useEffect(() => {
    const opener = from.current;
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);
}
