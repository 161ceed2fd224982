/** What is said of a title: the name first, the rest as far as it is known. */
import { Textarea, TextInput } from "@mantine/core";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import rows from "@/ui/rows.module.css";

export type About = components["schemas"]["TitleIn"];

export const nothing: About = {
  name: "",
  subtitle: "",
  authors: "",
  publisher: "",
  published_year: null,
  isbn: "",
  clc_code: "",
  cip_number: "",
  summary: "",
};

export function BookFields({ about, onChange }: { about: About; onChange: (about: About) => void }) {
  const t = useText();
  const field = (name: Exclude<keyof About, "published_year">, maxLength: number) => ({
    label: t(`field.${name}`),
    value: about[name] ?? "",
    maxLength,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      onChange({ ...about, [name]: value }),
  });
  return (
    <>
      <TextInput {...field("name", 200)} required data-autofocus />
      <TextInput {...field("authors", 200)} />
      <div className={rows.filters}>
        <TextInput {...field("publisher", 100)} />
        <TextInput
          label={t("field.published_year")}
          inputMode="numeric"
          maxLength={4}
          value={about.published_year ?? ""}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...about, published_year: Number(value.replace(/\D/g, "")) || null })
          }
        />
      </div>
      <div className={rows.filters}>
        <TextInput {...field("isbn", 40)} inputMode="numeric" />
        <TextInput {...field("clc_code", 30)} description={t("field.clc_hint")} />
      </div>
      <details className={rows.fold}>
        <summary>{t("field.more")}</summary>
        <TextInput {...field("subtitle", 200)} />
        <TextInput {...field("cip_number", 60)} />
        <Textarea {...field("summary", 2000)} autosize minRows={2} />
      </details>
    </>
  );
}
