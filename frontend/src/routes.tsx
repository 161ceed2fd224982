/**
 * Every page: one line here and one folder holding `page.tsx` (default export) and `locales/`.
 * A line whose folder has no page yet is neither routed nor shown in a menu.
 */
import { type ComponentType, lazy } from "react";
import { loadTexts } from "./i18n";
import type { MenuKey } from "./menus";
import type { Role } from "./roles";

export interface PageRoute {
  path: string;
  /** Folder under src/. */
  room: string;
  /** Who it is for; "anyone" needs no sign-in. */
  roles: Role[] | "anyone" | "signed-in";
  /** Its place in the menus of its roles (menus.ts has the order). */
  menu?: MenuKey;
  /** Outside the demo only these have it in their menus: the others' requests would be refused. */
  menuBeyondDemo?: Role[];
  /** Without top bar and tab bar: the wall, an answer link. */
  bare?: boolean;
  /** Another room whose parts it shows: their words are fetched, too. */
  words?: string;
}

export const registry: PageRoute[] = [
  { path: "/sign-in", room: "hub/sign-in", roles: "anyone", bare: true },
  { path: "/setup", room: "hub/places/setup", roles: "anyone", bare: true },
  { path: "/roles", room: "hub/people", roles: ["coordinator", "administrator", "regulator"], menu: "roles" },
  { path: "/my-data", room: "hub/people/my-data", roles: "signed-in" },
  { path: "/robots", room: "hub/places/robots", roles: ["coordinator", "administrator"], menu: "robots" },
  { path: "/goodbye", room: "hub/people/goodbye", roles: "anyone", bare: true },
  { path: "/settings", room: "scheduling/settings", roles: ["coordinator", "administrator"], menu: "settings" },
  { path: "/settings/days", room: "hub/places/days", roles: ["coordinator", "administrator"] },
  { path: "/settings/lending", room: "programs/lending/circulation/figures", roles: ["coordinator", "administrator"] },
  { path: "/settings/hours", room: "volunteers/hours/figures", roles: ["coordinator", "administrator"] },
  {
    path: "/week",
    room: "scheduling/board",
    roles: ["coordinator", "administrator"],
    menu: "week",
    words: "scheduling/closures",
  },
  {
    path: "/schedule",
    room: "scheduling/board",
    roles: ["social_worker"],
    menu: "schedule",
    words: "scheduling/closures",
  },
  {
    path: "/series",
    room: "scheduling/series",
    roles: ["social_worker", "coordinator", "administrator"],
    menu: "series",
  },
  {
    path: "/series/new",
    room: "scheduling/series/new",
    roles: ["social_worker", "coordinator", "administrator"],
    words: "scheduling/sessions",
  },
  { path: "/series/terms", room: "scheduling/series/terms", roles: ["social_worker", "coordinator", "administrator"] },
  {
    path: "/series/:id",
    room: "scheduling/series/one",
    roles: ["social_worker", "coordinator", "administrator"],
    words: "scheduling/sessions",
  },
  { path: "/overview", room: "scheduling/board", roles: ["regulator"], menu: "overview", words: "scheduling/closures" },
  {
    path: "/today",
    room: "scheduling/board/today",
    roles: ["social_worker", "coordinator", "administrator"],
    menu: "today",
  },
  { path: "/import", room: "hub/workbook", roles: ["coordinator", "administrator"], menu: "import" },
  {
    path: "/week/print",
    room: "scheduling/board/print",
    roles: ["social_worker", "coordinator", "administrator", "regulator"],
    bare: true,
  },
  { path: "/week/walls", room: "scheduling/board/walls", roles: ["coordinator", "administrator"] },
  {
    path: "/sites",
    room: "scheduling/closures",
    roles: ["coordinator", "administrator"],
    menu: "sites",
    words: "scheduling/sessions",
  },
  { path: "/w/:token", room: "scheduling/board/wall", roles: "anyone", bare: true },
  {
    path: "/planning",
    room: "scheduling/planning",
    roles: ["coordinator", "administrator", "regulator"],
    menu: "planning",
  },
  { path: "/rounds", room: "volunteers/rounds", roles: ["coordinator", "administrator"], menu: "rounds" },
  { path: "/people", room: "volunteers/people", roles: ["coordinator", "administrator"], menu: "people" },
  { path: "/home", room: "scheduling/signups/home", roles: ["volunteer"], menu: "home" },
  { path: "/shifts/find", room: "scheduling/signups/find", roles: ["volunteer"], menu: "find_shift" },
  { path: "/shifts", room: "scheduling/signups/mine", roles: ["volunteer"], menu: "my_shifts" },
  { path: "/me", room: "volunteers/me", roles: ["volunteer"], menu: "me" },
  { path: "/hours", room: "volunteers/hours/mine", roles: ["volunteer"] },
  {
    path: "/records",
    room: "volunteers/hours/desk",
    roles: ["social_worker", "coordinator", "administrator"],
    menu: "records",
  },
  { path: "/records/export", room: "volunteers/hours/exports", roles: ["coordinator", "administrator"] },
  { path: "/records/certificates", room: "volunteers/hours/certificates", roles: ["coordinator", "administrator"] },
  { path: "/verify/:payload", room: "volunteers/certificates/verify", roles: "anyone", bare: true },
  { path: "/a/:token", room: "scheduling/signups/answer", roles: "anyone", bare: true },
  { path: "/c/:token", room: "scheduling/callouts/ask", roles: "anyone", bare: true },
  { path: "/s/:token", room: "scheduling/callouts/swap", roles: "anyone", bare: true },
  { path: "/k/:token", room: "scheduling/bookings/turn", roles: "anyone", bare: true },
  { path: "/m/:token", room: "scheduling/files/liked", roles: "anyone", bare: true },
  { path: "/me/card", room: "scheduling/attendance/card", roles: ["volunteer"] },
  { path: "/in", room: "scheduling/attendance/visit", roles: "anyone", bare: true },
  { path: "/in/:code", room: "scheduling/attendance/visit", roles: "anyone", bare: true },
  {
    path: "/device",
    room: "scheduling/attendance/device",
    roles: "anyone",
    bare: true,
    words: "scheduling/files",
  },
  {
    path: "/check-in",
    room: "scheduling/attendance",
    roles: ["social_worker", "coordinator", "administrator"],
    menu: "check_in",
  },
  {
    path: "/check-in/door",
    room: "scheduling/attendance/door",
    roles: ["social_worker", "coordinator", "administrator"],
    bare: true,
  },
  { path: "/r/:token", room: "volunteers/question", roles: "anyone", bare: true },
  { path: "/consent/:token", room: "volunteers/consent", roles: "anyone", bare: true },
  { path: "/home/family", room: "scheduling/bookings/home", roles: ["guardian"], menu: "home" },
  { path: "/activities", room: "scheduling/bookings/activities", roles: ["guardian"], menu: "activities" },
  { path: "/family", room: "hub/people/families/mine", roles: ["guardian"], menu: "family" },
  { path: "/family/card", room: "hub/people/families/card", roles: ["guardian"] },
  { path: "/family/start", room: "hub/people/families/start", roles: "anyone", bare: true },
  { path: "/f/:token", room: "hub/people/families/link", roles: "anyone", bare: true },
  {
    path: "/families",
    room: "hub/people/families/desk",
    roles: ["social_worker", "coordinator", "administrator"],
    menu: "families",
  },
  {
    path: "/incidents",
    room: "scheduling/incidents",
    roles: ["social_worker", "coordinator", "administrator"],
    menu: "incidents",
  },
  {
    path: "/incidents/write",
    room: "scheduling/incidents/write",
    roles: ["social_worker", "coordinator", "administrator"],
  },
  {
    path: "/incidents/note",
    room: "scheduling/incidents/note",
    roles: ["social_worker", "coordinator", "administrator"],
  },
  {
    path: "/ledger",
    room: "scheduling/residency",
    roles: ["social_worker", "coordinator", "administrator", "regulator"],
    menu: "ledger",
  },
  {
    path: "/ledger/stay",
    room: "scheduling/residency/stay",
    roles: ["social_worker", "coordinator", "administrator", "regulator"],
  },
  {
    path: "/files",
    room: "scheduling/files",
    roles: ["social_worker", "coordinator", "administrator"],
    menu: "files",
  },
  {
    path: "/files/session",
    room: "scheduling/files/session",
    roles: ["social_worker", "coordinator", "administrator"],
  },
  {
    path: "/files/months",
    room: "scheduling/files/months",
    roles: ["social_worker", "coordinator", "administrator"],
  },
  {
    path: "/files/taps",
    room: "scheduling/files/taps",
    roles: ["social_worker", "coordinator", "administrator"],
    bare: true,
  },
  { path: "/keepsake", room: "programs/reading/keepsake", roles: ["guardian"], bare: true },
  {
    path: "/reading",
    room: "programs/reading",
    roles: ["social_worker", "coordinator", "administrator"],
    menu: "reading",
  },
  {
    path: "/reading/sheet",
    room: "programs/reading/sheet",
    roles: ["social_worker", "coordinator", "administrator"],
    words: "programs/lending",
  },
  { path: "/books", room: "programs/lending", roles: ["guardian"], menu: "books" },
  { path: "/books/all", room: "programs/lending", roles: "signed-in" },
  {
    path: "/books/desk",
    room: "programs/lending/desk",
    roles: ["social_worker", "coordinator", "administrator"],
    menu: "book_desk",
  },
  {
    path: "/books/import",
    room: "programs/lending/import",
    roles: ["social_worker", "coordinator", "administrator"],
    words: "hub/workbook",
  },
  { path: "/books/:id", room: "programs/lending/book", roles: "signed-in" },
  { path: "/b/:code", room: "programs/lending/sticker", roles: "anyone", bare: true },
  { path: "/books/mine", room: "programs/lending/circulation/mine", roles: ["guardian"] },
  { path: "/books/snail", room: "programs/lending/circulation/snail", roles: ["guardian"], bare: true },
  {
    path: "/books/counter",
    room: "programs/lending/circulation/counter",
    roles: ["social_worker", "coordinator", "administrator"],
  },
  { path: "/l/:token", room: "programs/lending/circulation/renew", roles: "anyone", bare: true },
  { path: "/calendars", room: "scheduling/calendars", roles: ["volunteer", "guardian"] },
  {
    path: "/calendars/places",
    room: "scheduling/calendars",
    roles: ["social_worker", "coordinator", "administrator"],
    menu: "calendars",
  },
  { path: "/open", room: "scheduling/calendars/open", roles: "anyone", bare: true },
  { path: "/open/poster", room: "scheduling/calendars/poster", roles: ["coordinator", "administrator"], bare: true },
  { path: "/messages", room: "hub/notify", roles: "anyone", menu: "messages", menuBeyondDemo: ["administrator"] },
];

const pages = import.meta.glob<{ default: ComponentType }>("./**/page.tsx");

/** The page's code and its sentences arrive together. */
function lazyPage({ room, words }: PageRoute, load: () => Promise<{ default: ComponentType }>): ComponentType {
  return lazy(async () => (await Promise.all([load(), loadTexts(room), words ? loadTexts(words) : undefined]))[0]);
}

export interface LivePage extends PageRoute {
  Component: ComponentType;
}

export const routes: LivePage[] = registry.flatMap((route) => {
  const load = pages[`./${route.room}/page.tsx`];
  return load ? [{ ...route, Component: lazyPage(route, load) }] : [];
});

export function allows(route: PageRoute, role: Role | undefined): boolean {
  if (route.roles === "anyone") return true;
  if (role === undefined) return false;
  return route.roles === "signed-in" || route.roles.includes(role);
}

/** The page behind a menu key, as seen by a role. */
export function routeOfMenu(menu: MenuKey, role: Role, demo = true): LivePage | undefined {
  return routes.find(
    (route) =>
      route.menu === menu &&
      allows(route, role) &&
      (demo || !route.menuBeyondDemo || route.menuBeyondDemo.includes(role)),
  );
}

/** The page's address that an address belongs to: the longest of `paths` that it is, or lies below. */
export function longestMatch(pathname: string, paths: string[]): string | undefined {
  const above = paths.filter((path) => pathname === path || pathname.startsWith(`${path}/`));
  return above.sort((one, other) => other.length - one.length)[0];
}
