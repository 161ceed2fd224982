/** Who is silent, to be called and written down; and who said what. */
import { Button, Modal, SegmentedControl, Stack } from "@mantine/core";
import { keepPreviousData } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { loadTexts, useText } from "@/i18n";
import { Icon, Loaded, notifyDone, Pager, StateMark, useDates, useErrorText, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import { TimesInWords } from "../TimesInWords";
import styles from "./rounds.module.css";
import { type Round, useRefreshRounds } from "./useRounds";

type Asked = components["schemas"]["RoundAskedOut"];
const PAGE = 50;

const Question = lazy(async () => {
  const [{ Question: Form }] = await Promise.all([import("../question/Question"), loadTexts("volunteers/question")]);
  return { default: Form };
});

export function People({ round }: { round: Round }) {
  const t = useText();
  const [silent, setSilent] = useState(true);
  const [skip, setSkip] = useState(0);
  const [calling, setCalling] = useState<Asked>();
  const people = api.useQuery(
    "get",
    "/api/rounds/{round_id}/people",
    { params: { path: { round_id: round.id }, query: { silent, skip } } },
    { meta: { live: ["round"] }, placeholderData: keepPreviousData },
  );
  return (
    <>
      <SegmentedControl
        value={silent ? "silent" : "answered"}
        onChange={(value) => {
          setSilent(value === "silent");
          setSkip(0);
        }}
        aria-label={t("rounds.who")}
        data={[
          { value: "silent", label: t("rounds.show_silent") },
          { value: "answered", label: t("rounds.show_answered") },
        ]}
      />
      <Loaded query={people}>
        {(data) => (
          <>
            {data.people.length === 0 && (
              <p className={rows.soft}>{silent ? t("rounds.nobody_silent") : t("rounds.nobody_answered")}</p>
            )}
            <ul className={rows.list}>
              {data.people.map((asked) => (
                <li key={asked.id} className={rows.row}>
                  {silent ? (
                    <Silent asked={asked} open={round.closed_at === null} onCall={() => setCalling(asked)} />
                  ) : (
                    <Answered asked={asked} />
                  )}
                </li>
              ))}
            </ul>
            <Pager skip={skip} size={PAGE} more={data.more} onSkip={setSkip} />
          </>
        )}
      </Loaded>
      {calling && <Call round={round} asked={calling} onClose={() => setCalling(undefined)} />}
    </>
  );
}

function Silent({ asked, open, onCall }: { asked: Asked; open: boolean; onCall: () => void }) {
  const t = useText();
  const dates = useDates();
  return (
    <div className={rows.foot}>
      <span className={rows.facts}>
        <span className={rows.name}>{asked.name}</span>
        {asked.phone && (
          <a className={styles.phone} href={`tel:${asked.phone}`}>
            <Icon name="phone" /> {asked.phone}
          </a>
        )}
        {asked.called_at && (
          <span className={rows.soft}>
            {t("rounds.missed_at", { when: `${dates.near(asked.called_at)} ${dates.time(asked.called_at)}` })}
          </span>
        )}
      </span>
      {open && (
        <Button variant="default" onClick={onCall}>
          {t("rounds.record")}
        </Button>
      )}
    </div>
  );
}

function Answered({ asked }: { asked: Asked }) {
  const t = useText();
  return (
    <span className={rows.facts}>
      <span className={rows.name}>{asked.name}</span>
      <StateMark state={asked.answer === "away" ? "cancelled" : "full"}>{t(`rounds.said_${asked.answer}`)}</StateMark>
      {asked.answer === "times" && <TimesInWords windows={asked.times} />}
      {asked.recorded_by && <span className={rows.soft}>{t("rounds.recorded_by", { name: asked.recorded_by })}</span>}
    </span>
  );
}

function Call({ round, asked, onClose }: { round: Round; asked: Asked; onClose: () => void }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshRounds();
  useFocusBack();
  const path = { params: { path: { asked_id: asked.id } } };
  const onSuccess = async () => {
    await refresh();
    notifyDone(t("rounds.recorded"));
    onClose();
  };
  const record = api.useMutation("post", "/api/rounds/asked/{asked_id}/called", { onSuccess });
  const missed = api.useMutation("post", "/api/rounds/asked/{asked_id}/missed", { onSuccess });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t("rounds.what_says", { name: asked.name })}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Stack gap="md">
        {asked.phone && (
          <a className={styles.phone} href={`tel:${asked.phone}`}>
            <Icon name="phone" /> {asked.phone}
          </a>
        )}
        <Suspense fallback={null}>
          <Question
            week={round.week}
            answer="silent"
            known={asked.times}
            busy={record.isPending}
            error={record.error}
            onAnswer={(body) => record.mutateAsync({ ...path, body })}
          />
        </Suspense>
        <Button variant="subtle" loading={missed.isPending} onClick={() => missed.mutate(path)}>
          {t("rounds.missed")}
        </Button>
        {missed.error && (
          <p role="alert" className={rows.error}>
            {words(missed.error)}
          </p>
        )}
      </Stack>
    </Modal>
  );
}
