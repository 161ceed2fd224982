/** When I can come in general, and how much: said in words, changed in a dialog. */
import { Button, Group } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useText } from "@/i18n";
import { useElder } from "@/ui";
import rows from "@/ui/rows.module.css";
import { TimesInWords } from "../TimesInWords";
import styles from "../volunteers.module.css";
import type { Profile } from "./useProfile";

const TimesDialog = lazy(() => import("./TimesDialog"));
const LimitsDialog = lazy(() => import("./LimitsDialog"));

export function When({ profile }: { profile: Profile }) {
  const t = useText();
  const elder = useElder();
  const [open, setOpen] = useState<"times" | "limits">();
  const { availability, availability_text: said, max_sessions: sessions, max_minutes: minutes } = profile;
  return (
    <>
      {availability.length === 0 && <p className={rows.soft}>{t("me.no_when")}</p>}
      <TimesInWords windows={availability} />
      {availability.length === 0 && said && <p className={rows.soft}>{t("me.when_said", { text: said })}</p>}
      <ul className={styles.lines}>
        {sessions !== null && <li>{t("me.most_sessions", { count: sessions })}</li>}
        {minutes !== null && <li>{t("me.most_hours", { hours: Math.round(minutes / 6) / 10 })}</li>}
      </ul>
      <Group gap="sm">
        <Button variant="default" onClick={() => setOpen("times")}>
          {t("me.change_when")}
        </Button>
        {!elder && (
          <Button variant="default" onClick={() => setOpen("limits")}>
            {t("me.change_limits")}
          </Button>
        )}
      </Group>
      <Suspense>
        {open === "times" && <TimesDialog windows={availability} onClose={() => setOpen(undefined)} />}
        {open === "limits" && <LimitsDialog profile={profile} onClose={() => setOpen(undefined)} />}
      </Suspense>
    </>
  );
}
