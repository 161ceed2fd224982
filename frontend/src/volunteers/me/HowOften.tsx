/** How many times a week I would like to come: one tap, or none in particular. */
import { Chip } from "@mantine/core";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { notifyDone, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { useRefreshWishes } from "../useRefreshWishes";
import styles from "./me.module.css";

const USUAL = [1, 2, 3, 4, 5];
const tall = () => ({ root: { "--chip-size": "var(--target)", "--chip-fz": "1rem" } });

export function HowOften({ wish }: { wish: number | null }) {
  const t = useText();
  const errorText = useErrorText();
  const refresh = useRefreshWishes();
  const save = api.useMutation("put", "/api/volunteers/me/wish", {
    onSuccess: async () => {
      await refresh();
      notifyDone(t("me.wish_saved"));
    },
  });
  const choices = wish === null || USUAL.includes(wish) ? USUAL : [...USUAL, wish].sort((a, b) => a - b);
  const shown = save.isPending ? (save.variables.body.per_week ?? null) : wish;
  return (
    <>
      <Chip.Group
        value={String(shown ?? "")}
        onChange={(value) => save.mutate({ body: { per_week: value === "" ? null : Number(value) } })}
      >
        <fieldset className={styles.choices} aria-label={t("me.wish")}>
          <Chip value="" vars={tall}>
            {t("me.wish_any")}
          </Chip>
          {choices.map((count) => (
            <Chip key={count} value={String(count)} vars={tall}>
              {t("me.wish_times", { count })}
            </Chip>
          ))}
        </fieldset>
      </Chip.Group>
      <p className={rows.soft}>{t("me.wish_hint")}</p>
      {save.error && (
        <p role="alert" className={rows.error}>
          {errorText(save.error)}
        </p>
      )}
    </>
  );
}
