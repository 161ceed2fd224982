/** What becomes of each session in what is closed: as proposed, or as staff choose; who is told. */
import { Button, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import { hasText, useText } from "@/i18n";
import { useOfferWords } from "@/scheduling/sessions/Clashes";
import { useClashWords } from "@/scheduling/sessions/clashWords";
import { type SessionState, StateMark, say, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Choice, Outcome, Row } from "./types";

const marks: Record<Row["what"], SessionState> = { moved: "short", cancelled: "cancelled", stays: "standby" };

interface Props {
  outcome: Outcome;
  anew: boolean;
  busy: boolean;
  error: React.ReactNode;
  onChoose: (choice: Choice) => void;
  onSave: () => void;
  onBack: () => void;
}

export function Emptied({ outcome, anew, busy, error, onChoose, onSave, onBack }: Props) {
  const t = useText();
  const head = useRef<HTMLParagraphElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: and once more where it is not what was saved
  useEffect(() => head.current?.focus(), [anew]);
  const count = (what: Row["what"]) => outcome.rows.filter((row) => row.what === what).length;
  const told = outcome.rows.reduce((sum, row) => sum + row.people, 0);
  return (
    <Stack gap="md">
      {anew && (
        <Text role="alert" fw={600}>
          {t("closures.changed_since")}
        </Text>
      )}
      <Text fw={600} ref={head} tabIndex={-1} style={{ outline: "none" }}>
        {outcome.rows.length === 0
          ? t("closures.nothing_there")
          : t("closures.summary", { moved: count("moved"), cancelled: count("cancelled"), stays: count("stays") })}
      </Text>
      {outcome.rows.length > 0 && (
        <Text c="dimmed">{told > 0 ? t("closures.told", { n: told }) : t("closures.nobody_told")}</Text>
      )}
      <ul className={rows.list}>
        {outcome.rows.map((row) => (
          <One key={row.session} row={row} busy={busy} onChoose={onChoose} />
        ))}
      </ul>
      {error}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" disabled={busy} onClick={onBack}>
          {t("closures.back")}
        </Button>
        <Button loading={busy} onClick={onSave}>
          {t(told > 0 ? "closures.save_and_tell" : "closures.save")}
        </Button>
      </Group>
    </Stack>
  );
}

function One({ row, busy, onChoose }: { row: Row; busy: boolean; onChoose: (choice: Choice) => void }) {
  const t = useText();
  const dates = useDates();
  const why = useWhy();
  const label = useOfferWords();
  const keyOf = (room: number | null, at: string) => `${room ?? ""} ${Date.parse(at)}`;
  const now = row.what === "moved" ? keyOf(row.room, row.starts_at) : row.what === "cancelled" ? "cancel" : "";
  const offers = [...row.offers];
  if (row.what === "moved" && !offers.some((one) => keyOf(one.room, one.starts_at) === now)) offers.unshift(row);
  const choose = (value: string) => {
    const offer = offers.find((one) => keyOf(one.room, one.starts_at) === value);
    if (offer) onChoose({ session: row.session, what: "move", room: offer.room, starts_at: offer.starts_at });
    else if (value === "cancel") onChoose({ session: row.session, what: "cancel" });
  };
  const running = row.reasons.some((one) => one.code === "running");
  const name = `${dates.day(row.was_at)} ${dates.time(row.was_at)} ${row.title}`;
  return (
    <li className={rows.row} data-what={row.what}>
      <span className={rows.facts}>
        <span className={rows.name}>{name}</span>
        <span className={rows.told}>
          <StateMark state={marks[row.what]}>{t(`closures.what.${row.what}`)}</StateMark>
          {row.what === "moved" && (
            <span>
              {dates.span(row.starts_at, row.ends_at)} {row.room_name}
            </span>
          )}
          {row.people > 0 && <span className={rows.soft}>{t("closures.people", { n: row.people })}</span>}
        </span>
        {row.what === "stays" && (
          <span className={rows.soft}>{row.reasons.map(why).join(t("closures.semicolon"))}</span>
        )}
      </span>
      {!running && (
        <NativeSelect
          mt="xs"
          aria-label={t("closures.choose", { session: name })}
          value={now}
          disabled={busy}
          onChange={(event) => choose(event.currentTarget.value)}
          data={[
            ...(now === "" ? [{ value: "", label: t("closures.undecided") }] : []),
            ...offers.map((one) => ({
              value: keyOf(one.room, one.starts_at),
              label: label(one, { room: null, starts_at: row.was_at }),
            })),
            { value: "cancel", label: t("closures.cancel") },
          ]}
        />
      )}
    </li>
  );
}

function useWhy() {
  const t = useText();
  const clash = useClashWords();
  return ({ code, facts }: Row["reasons"][number]) => {
    const id = `closures.why.${code}`;
    return clash(code, facts) ?? (hasText(id) ? t(id) : say(t, "errors", code, facts));
  };
}
