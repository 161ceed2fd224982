/** One way: who is touched and why, what stays open, one tap to take it, and a line on who will be told. */
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { StateMark, useDates } from "@/ui";
import { Call } from "./PlacePerson";
import styles from "./repairs.module.css";
import type { RepairStep, RepairWay, SessionPanel } from "./types";
import { useWhyThem } from "./whyThem";

interface Props {
  way: RepairWay;
  session: SessionPanel;
  /** Who is replaced in any case. */
  lost: string[];
  first: boolean;
  /** Tapped once; the second tap does it. */
  asked: boolean;
  busy: boolean;
  onAsk: () => void;
  onLeave: () => void;
  onTake: () => void;
}

export function RepairCard({ way, session, lost, first, asked, busy, onAsk, onLeave, onTake }: Props) {
  const t = useText();
  const names = [...way.steps, ...way.stood_down].map((one) => one.name);
  const [left, setLeft] = useState(false);
  const leave = () => {
    setLeft(true);
    onLeave();
  };
  const told = [...new Set([...names, ...lost])].join(t("ui.joiner"));
  return (
    <article className={styles.way} data-way aria-label={names.join(t("ui.joiner"))}>
      <Text fw={600}>{t("repair.changes", { n: names.length })}</Text>
      <ul className={styles.steps}>
        {way.steps.map((step) => (
          <Step key={step.volunteer} step={step} session={session} />
        ))}
        {way.stood_down.map((one) => (
          <li key={one.volunteer}>
            <span>{t("repair.stands_down", { name: one.name })}</span>
            <Call name={one.name} phone={one.phone} />
          </li>
        ))}
      </ul>
      <After way={way} session={session} />
      {asked ? (
        <div className={styles.asked}>
          <Text id={`told-${names.join("-")}`}>{t("repair.will_tell", { names: told })}</Text>
          <Group gap="sm">
            <Button autoFocus loading={busy} onClick={onTake} aria-describedby={`told-${names.join("-")}`}>
              {t("repair.confirm")}
            </Button>
            <Button variant="default" onClick={leave} disabled={busy}>
              {t("ui.not_now")}
            </Button>
          </Group>
        </div>
      ) : (
        // Whoever thought better of it is where they were.
        <Button variant={first ? "filled" : "default"} onClick={onAsk} autoFocus={left}>
          {t("repair.take")}
        </Button>
      )}
    </article>
  );
}

function Step({ step, session }: { step: RepairStep; session: SessionPanel }) {
  const t = useText();
  const why = useWhyThem();
  const dates = useDates();
  const place = ({ session: id, title, role, starts_at }: RepairStep["takes"][number]) =>
    id === session.id ? t("repair.here", { role }) : t("repair.there", { time: dates.time(starts_at), title, role });
  const words = {
    name: step.name,
    to: step.takes.map(place).join(t("ui.joiner")),
    from: step.leaves.map(place).join(t("ui.joiner")),
  };
  const stays = step.takes.every((one) => one.session === session.id);
  const sentence = stays
    ? t(step.leaves.length > 0 ? "repair.comes_over" : "repair.steps_in", words)
    : t(step.leaves.length > 0 ? "repair.moves_on" : "repair.takes_there", words);
  const notes = [
    ...(step.standby ? [t("repair.standby")] : []),
    ...(step.accepted ? [t("repair.had_accepted")] : []),
    ...step.why.map(why),
  ];
  return (
    <li>
      <span className={styles.step}>
        {sentence}
        <Text size="sm" c="dimmed">
          {notes.join(t("board.comma"))}
        </Text>
      </span>
      <Call name={step.name} phone={step.phone} />
    </li>
  );
}

/** How things stand once it is done: here, and where somebody left. */
function After({ way, session }: { way: RepairWay; session: SessionPanel }) {
  const t = useText();
  const dates = useDates();
  const here = way.open.filter((one) => one.session === session.id).reduce((sum, one) => sum + one.missing, 0);
  const there = way.open.filter((one) => one.session !== session.id);
  return (
    <div className={styles.after}>
      <span>
        {t("repair.after")} <StateMark state={here > 0 ? "short" : "full"} missing={here} />
      </span>
      {there.map((one) => (
        <Text key={one.need} size="sm">
          {t("repair.open_there", {
            time: dates.time(one.starts_at),
            title: one.title,
            role: one.role,
            missing: one.missing,
          })}
        </Text>
      ))}
    </div>
  );
}
