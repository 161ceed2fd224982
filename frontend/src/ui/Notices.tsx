/** Where lines that something is done stand. Nothing is done yet when a page opens: it is fetched with the first. */
import { lazy, Suspense, useSyncExternalStore } from "react";
import { onNotified, wasNotified } from "./notify";

const Lines = lazy(() => import("@mantine/notifications").then(({ Notifications }) => ({ default: Notifications })));

export function Notices() {
  return <Suspense>{useSyncExternalStore(onNotified, wasNotified) && <Lines position="top-center" />}</Suspense>;
}
