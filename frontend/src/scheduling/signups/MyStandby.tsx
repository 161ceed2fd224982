/** 机动: what I keep my time for, and a way to say that I can't. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Section, SessionFacts, StateMark } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { MyStandby as Standby } from "./types";
import { useRefreshShifts } from "./useMyShifts";
import { useWhyNot } from "./useWhyNot";

const Decline = lazy(() => import("./Decline"));

export function MyStandbys({ standbys }: { standbys: Standby[] }) {
  const t = useText();
  if (standbys.length === 0) return null;
  return (
    <Section title={t("standby.title")}>
      <ul className={rows.list}>
        {standbys.map((one) => (
          <Row key={one.id} standby={one} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ standby }: { standby: Standby }) {
  const t = useText();
  const words = useWhyNot();
  const refresh = useRefreshShifts();
  const [declining, setDeclining] = useState(false);
  const decline = api.useMutation("post", "/api/standbys/{standby_id}/decline", { onSettled: refresh });
  const begun = new Date(standby.starts_at) <= new Date();
  return (
    <li className={rows.row}>
      <SessionFacts session={standby} what={standby.program} />
      <span className={rows.soft}>{t("standby.hint")}</span>
      <div className={rows.foot}>
        <StateMark state="standby">{t("standby.mine")}</StateMark>
        {!begun && (
          <Button variant="default" onClick={() => setDeclining(true)} loading={decline.isPending}>
            {t("shift.i_cannot")}
          </Button>
        )}
      </div>
      {decline.error !== null && (
        <span role="alert" className={rows.reason}>
          {words(decline.error)}
        </span>
      )}
      {declining && (
        <Suspense>
          <Decline
            shift={standby}
            onClose={() => setDeclining(false)}
            onDecline={(reason) => {
              setDeclining(false);
              decline.mutate({ params: { path: { standby_id: standby.id } }, body: { reason } });
            }}
          />
        </Suspense>
      )}
    </li>
  );
}
