/** A screen that nobody looks after: it stays awake, and begins anew each night, with what is new in the program. */
import { useEffect } from "react";
import { untilNight } from "./screen";

const AGAIN = 5 * 60_000;

export function useLastingScreen(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const begin = async () => {
      // A page that is asked for while nothing answers would be gone until morning.
      const answers = await fetch("/healthz", { cache: "no-store" }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (answers) window.location.reload();
      else timer = setTimeout(begin, AGAIN);
    };
    timer = setTimeout(begin, untilNight(new Date()));
    return () => clearTimeout(timer);
  }, []);

  useEffect(() => {
    let lock: WakeLockSentinel | undefined;
    const stayAwake = () => {
      if (document.visibilityState !== "visible") return;
      // Not every screen's browser can; then its own settings must.
      navigator.wakeLock?.request("screen").then(
        (held) => {
          lock = held;
        },
        () => undefined,
      );
    };
    stayAwake();
    document.addEventListener("visibilitychange", stayAwake);
    return () => {
      document.removeEventListener("visibilitychange", stayAwake);
      void lock?.release();
    };
  }, []);
}
