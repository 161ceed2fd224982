import { useLocation } from "react-router";
import { useGrant, useMe } from "@/api/me";
import { type MenuKey, menus } from "@/menus";
import { type LivePage, longestMatch, routeOfMenu } from "@/routes";

export interface MenuEntry {
  menu: MenuKey;
  route: LivePage;
  /** The page in view is its, or below it. */
  current: boolean;
}

/** Four in view beside "more"; a menu of five needs no "more". */
const ROOM = 5;

export function useMenu(): { main: MenuEntry[]; more: MenuEntry[] } {
  const role = useGrant()?.role;
  const demo = useMe().data?.demo ?? false;
  const { pathname } = useLocation();
  if (!role) return { main: [], more: [] };
  const found = menus[role].flatMap((menu) => {
    const route = routeOfMenu(menu, role, demo);
    return route ? [{ menu, route }] : [];
  });
  const here = longestMatch(
    pathname,
    found.map(({ route }) => route.path),
  );
  const entries = found.map((entry) => ({ ...entry, current: entry.route.path === here }));
  if (entries.length <= ROOM) return { main: entries, more: [] };
  return { main: entries.slice(0, ROOM - 1), more: entries.slice(ROOM - 1) };
}
