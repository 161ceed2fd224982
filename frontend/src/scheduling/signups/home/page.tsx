/** A volunteer's first screen: when am I on, may I still answer, where am I needed. */

import { Button } from "@mantine/core";
import { useNavigate } from "react-router";
import { api } from "@/api/client";
import { useMe } from "@/api/me";
import { useText } from "@/i18n";
import { Asks, Swaps } from "@/scheduling/callouts";
import { EmptyState, Loaded, OpenCard, Page, Section } from "@/ui";
import rows from "@/ui/rows.module.css";
import { HomeQuestion } from "@/volunteers/question/HomeQuestion";
import { asksMe } from "../Answer";
import { AnswerForMe, Company, MyShiftRow } from "../MyShiftRow";
import { MyStandbys } from "../MyStandby";
import { OpenShiftRow } from "../OpenShiftRow";
import { ShiftFacts } from "../ShiftFacts";
import type { MyShift } from "../types";
import { useMyShifts } from "../useMyShifts";
import { ImHere } from "./ImHere";

const SUGGESTED = 3;
const held: MyShift["state"][] = ["published", "accepted", "agreed"];
const hoped: MyShift["state"][] = ["waiting", "requested", "wished"];
const inForce = (shift: MyShift) => !shift.cancelled && held.includes(shift.state);

export default function VolunteerHome() {
  const t = useText();
  const name = useMe().data?.person?.name ?? "";
  const mine = useMyShifts();
  const open = api.useQuery("get", "/api/shifts/open", {}, { meta: { live: ["assignment", "session"] } });
  // Who has no shift and may have none is told so once.
  const failed = open.error !== null && mine.data?.shifts.length === 0 && mine.data.standbys.length === 0;
  return (
    <Page title={t("home.hello", { name })}>
      <Asks />
      <Swaps />
      <HomeQuestion />
      {!failed && (
        <Loaded query={mine}>
          {({ shifts, standbys }) => (
            <>
              <Mine shifts={shifts} />
              <MyStandbys standbys={standbys} />
            </>
          )}
        </Loaded>
      )}
      <Loaded query={open}>
        {({ shifts }) => (
          <Section title={t("home.needed")}>
            {shifts.length === 0 ? (
              <p className={rows.soft}>{t("home.nothing_open")}</p>
            ) : (
              <ul className={rows.list}>
                {shifts.slice(0, SUGGESTED).map((shift) => (
                  <OpenShiftRow key={shift.need} shift={shift} />
                ))}
              </ul>
            )}
            <OpenCard to="/shifts/find">{t("home.find_more")}</OpenCard>
          </Section>
        )}
      </Loaded>
    </Page>
  );
}

function Mine({ shifts }: { shifts: MyShift[] }) {
  const t = useText();
  const navigate = useNavigate();
  const coming = shifts.filter(inForce);
  const next = coming[0];
  const unanswered = coming.slice(1).filter((shift) => shift.state === "published");
  const news = shifts.filter((shift) => shift.cancelled);
  const turns = shifts.filter((shift) => shift.state === "offered" && asksMe(shift));
  const waiting = shifts.filter((shift) => !shift.cancelled && hoped.includes(shift.state));
  if (!next && turns.length === 0 && waiting.length === 0) {
    return (
      <EmptyState
        title={t("home.free")}
        action={<Button onClick={() => navigate("/shifts/find")}>{t("home.find")}</Button>}
      >
        {t("home.free_hint")}
      </EmptyState>
    );
  }
  return (
    <>
      {turns.map((shift) => (
        <section key={shift.id} className={rows.next} aria-label={t("shift.offered")}>
          <ShiftFacts shift={shift} as="full" />
          <Company shift={shift} />
          <AnswerForMe shift={shift} />
        </section>
      ))}
      {next && (
        <section className={rows.next} aria-label={t("home.next")} data-answered={turns.length > 0 || undefined}>
          <span className={rows.soft}>{t("home.next")}</span>
          <ShiftFacts shift={next} as="full" />
          <Company shift={next} />
          <ImHere shift={next} />
          {(next.answerable || next.state !== "accepted") && <AnswerForMe shift={next} />}
        </section>
      )}
      {unanswered.length > 0 && (
        <Section title={t("home.unanswered", { count: unanswered.length })}>
          <ul className={rows.list}>
            {unanswered.map((shift) => (
              <MyShiftRow key={shift.id} shift={shift} />
            ))}
          </ul>
        </Section>
      )}
      {waiting.length > 0 && (
        <Section title={t("home.waiting")}>
          <ul className={rows.list}>
            {waiting.map((shift) => (
              <MyShiftRow key={shift.id} shift={shift} />
            ))}
          </ul>
        </Section>
      )}
      {news.length > 0 && (
        <Section title={t("home.cancelled")}>
          <ul className={rows.list}>
            {news.map((shift) => (
              <MyShiftRow key={shift.id} shift={shift} />
            ))}
          </ul>
        </Section>
      )}
      {coming.length > 1 && <OpenCard to="/shifts">{t("home.all_mine", { count: coming.length })}</OpenCard>}
    </>
  );
}
