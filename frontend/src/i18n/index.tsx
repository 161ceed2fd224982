/** Texts: ids in code, sentences in each room's `locales/`, only the active language is fetched. */
import { type Messages, setupI18n } from "@lingui/core";
import { Trans, type TransProps, useLingui } from "@lingui/react";
import { useCallback } from "react";
import { type Language, rememberLanguage, storedLanguage } from "./language";

type Catalog = { default: Messages };
export type Values = Record<string, string | number>;
export type Text = (id: string, values?: Values) => string;

const catalogs = import.meta.glob<Catalog>("../**/locales/*.json");
const wanted = new Set<string>();
const loaded = new Set<string>();

export const i18n = setupI18n({ missing: (_language, id) => id });

/** A room's own texts and those of the rooms around it: "scheduling/board" also reads "scheduling". */
function folders(room: string): string[] {
  const parts = room.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

async function fetchCatalog(folder: string, language: Language): Promise<void> {
  const path = `../${folder}/locales/${language}.json`;
  const load = catalogs[path];
  if (!load || loaded.has(path)) return;
  const { default: messages } = await load();
  if (loaded.has(path)) return;
  loaded.add(path);
  i18n.load(language, messages);
}

/** Fetches what a room needs to speak; rooms already here cost nothing. */
export async function loadTexts(room: string): Promise<void> {
  for (const folder of folders(room)) wanted.add(folder);
  await Promise.all(folders(room).map((folder) => fetchCatalog(folder, currentLanguage())));
}

export function currentLanguage(): Language {
  return (i18n.locale || storedLanguage()) as Language;
}

export async function switchLanguage(language: Language): Promise<void> {
  await Promise.all([...wanted].map((folder) => fetchCatalog(folder, language)));
  rememberLanguage(language);
  i18n.load(language, {});
  i18n.activate(language);
}

/** `const t = useText(); t("board.short", { missing: 2 })` */
export function useText(): Text {
  const { i18n: active } = useLingui();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new language must give a new function
  return useCallback((id, values) => active._(id, values), [active, active.locale]);
}

export function useLanguage(): Language {
  return useLingui().i18n.locale as Language;
}

/** Is there a sentence for this id? Codes come from the server, so a newer server may know more than we do. */
export function hasText(id: string): boolean {
  return id in i18n.messages;
}

/** A sentence with elements in it: `<T id="x.more" components={{ 0: <Link to="/" /> }} />` for "See <0>all</0>". */
export function T(props: TransProps) {
  return <Trans {...props} />;
}
