/** My background check: how long it holds, and a newer one to tell of. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useText } from "@/i18n";
import { StateMark, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Profile } from "./useProfile";

const TellCheck = lazy(() => import("./TellCheck"));

export function Check({ profile }: { profile: Profile }) {
  const t = useText();
  const dates = useDates();
  const [telling, setTelling] = useState(false);
  const newest = profile.clearances[0];
  const said = profile.unproven.find((one) => one.checked_on !== null);
  const until = newest && { day: dates.date(newest.valid_until) };
  return (
    <>
      {newest ? (
        <p>
          <StateMark state={newest.valid ? "full" : "empty"}>
            {newest.valid ? t("me.clearance_valid", until) : t("me.clearance_over", until)}
          </StateMark>
          <br />
          <span className={rows.soft}>{t("me.checked_on", { day: dates.date(newest.checked_on) })}</span>
        </p>
      ) : (
        <p>
          <StateMark state="empty">{t("me.clearance_none")}</StateMark>
        </p>
      )}
      {said?.checked_on && (
        <p>
          <StateMark state="waiting">{t("me.check_said", { day: dates.date(said.checked_on) })}</StateMark>
        </p>
      )}
      <div>
        <Button variant="default" onClick={() => setTelling(true)}>
          {t("me.tell_check")}
        </Button>
      </div>
      <Suspense>{telling && <TellCheck onClose={() => setTelling(false)} />}</Suspense>
    </>
  );
}
