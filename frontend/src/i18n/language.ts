export const languages = ["zh-Hans", "en"] as const;
export type Language = (typeof languages)[number];

/** Each language is named in itself, whatever the page's language is. */
export const languageName = (language: Language): string =>
  new Intl.DisplayNames([language], { type: "language" }).of(language === "en" ? "en" : "zh") ?? language;

const serverCode: Record<Language, string> = { "zh-Hans": "zh-hans", en: "en" };
const YEAR = 365 * 24 * 3600;

export function storedLanguage(): Language {
  const code = /(?:^|; )django_language=([^;]+)/.exec(document.cookie)?.[1];
  return languages.find((language) => serverCode[language] === code) ?? "zh-Hans";
}

/** The cookie is Django's own, so that mail, calendars and printed pages speak the same language. */
export function rememberLanguage(language: Language): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in WeChat and Firefox
  document.cookie = `django_language=${serverCode[language]}; path=/; max-age=${YEAR}; samesite=lax`;
  document.documentElement.lang = language;
}

export const acceptLanguage = (): string => serverCode[storedLanguage()];
