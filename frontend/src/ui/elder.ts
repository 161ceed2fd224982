/** Elder mode: an attribute on <html> that theme.css reads, kept on the device. */
import { useSyncExternalStore } from "react";

const storageKey = "renqi.elder";
const listeners = new Set<() => void>();

export const isElder = (): boolean => document.documentElement.hasAttribute("data-elder");

export function setElder(on: boolean): void {
  document.documentElement.toggleAttribute("data-elder", on);
  localStorage.setItem(storageKey, on ? "1" : "");
  for (const listener of listeners) listener();
}

export function restoreElder(): void {
  document.documentElement.toggleAttribute("data-elder", localStorage.getItem(storageKey) === "1");
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** For pages that leave out half the choices in elder mode. */
export function useElder(): boolean {
  return useSyncExternalStore(subscribe, isElder);
}
