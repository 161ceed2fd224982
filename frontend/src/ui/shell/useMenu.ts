import { useGrant } from "@/api/me";
import { type MenuKey, menus } from "@/menus";
import { type LivePage, routeOfMenu } from "@/routes";

export interface MenuEntry {
  menu: MenuKey;
  route: LivePage;
}

/** Four in view beside "more"; a menu of five needs no "more". */
const ROOM = 5;

export function useMenu(): { main: MenuEntry[]; more: MenuEntry[] } {
  const role = useGrant()?.role;
  if (!role) return { main: [], more: [] };
  const entries = menus[role].flatMap((menu) => {
    const route = routeOfMenu(menu, role);
    return route ? [{ menu, route }] : [];
  });
  if (entries.length <= ROOM) return { main: entries, more: [] };
  return { main: entries.slice(0, ROOM - 1), more: entries.slice(ROOM - 1) };
}
