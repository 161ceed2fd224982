import { resolve } from "node:path";
import { expect, test } from "vitest";
import { checkTexts } from "../scripts/texts.ts";
import { menus } from "./menus";
import { longestMatch, registry, routeOfMenu, routes } from "./routes";

test("every line of the registry has its page", () => {
  expect(routes.map((route) => route.room)).toEqual(registry.map((route) => route.room));
});

test("paths are unique", () => {
  expect(new Set(registry.map((route) => route.path)).size).toBe(registry.length);
});

test("a page in a menu is in the menu of each of its roles", () => {
  const lost = registry.flatMap((route) => {
    if (!route.menu || typeof route.roles === "string") return [];
    return route.roles.filter(
      (role) => !menus[role].includes(route.menu as never) || !routeOfMenu(route.menu as never, role),
    );
  });
  expect(lost).toEqual([]);
});

test("of two menu lines that match an address the longer is current", () => {
  const paths = ["/shifts", "/shifts/find", "/home"];
  expect(["/shifts/find", "/shifts", "/shifts/7", "/homes"].map((at) => longestMatch(at, paths))).toEqual([
    "/shifts/find",
    "/shifts",
    "/shifts",
    undefined,
  ]);
});

test("outside the demo messages are in the administrators' menu alone", () => {
  const shown = (demo: boolean) =>
    (["coordinator", "administrator"] as const).filter((role) => routeOfMenu("messages", role, demo));
  expect([shown(true), shown(false)]).toEqual([["coordinator", "administrator"], ["administrator"]]);
});

test("texts are in their catalogs, in both languages, and nowhere else", () => {
  expect(checkTexts(resolve("src"))).toEqual([]);
});
