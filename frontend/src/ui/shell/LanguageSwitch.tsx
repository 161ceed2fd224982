import { switchLanguage, useLanguage } from "@/i18n";
import { languageName, languages } from "@/i18n/language";
import { Icon } from "../icons";
import styles from "./shell.module.css";

/** Offers the other language, named in itself. */
export function LanguageSwitch() {
  const active = useLanguage();
  return languages
    .filter((language) => language !== active)
    .map((language) => (
      <button
        key={language}
        type="button"
        className={styles.tool}
        lang={language}
        onClick={() => void switchLanguage(language)}
      >
        <Icon name="language" size="1.25em" /> {languageName(language)}
      </button>
    ));
}
