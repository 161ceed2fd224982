/** The ways out as one list: whom each touches, and below, what is none now, with the reason. */
import { Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { Repairs } from "@/scheduling/board/Repairs";
import type { SessionPanel } from "@/scheduling/board/types";
import { Icon, type IconName } from "@/ui";
import { Options } from "./Options";
import styles from "./rescues.module.css";
import { Taking } from "./Taking";
import type { Way, WaysOut } from "./types";
import { useWhyNot } from "./why";

const ICONS: Record<Way["kind"], IconName> = {
  standby: "join",
  call: "phone",
  repair: "swap",
  staff: "people",
  merge: "import",
  move: "calendar",
  fewer: "bar",
  cancel: "close",
};

interface Props {
  session: SessionPanel;
  found: WaysOut;
  onCall: () => void;
  onDialog: (kind: "move" | "cancel") => void;
  /** One is taken, and nobody is missing any more. */
  onFull: () => void;
}

export function Ways({ session, found, onCall, onDialog, onFull }: Props) {
  const t = useText();
  const [open, setOpen] = useState<Way["kind"]>();
  const possible = found.ways.filter((way) => !way.refused);
  const tap = ({ kind }: Way) => {
    if (kind === "call") onCall();
    else if (kind === "move" || kind === "cancel") onDialog(kind);
    else setOpen(open === kind ? undefined : kind);
  };
  return (
    <Stack gap="md">
      <ul className={styles.ways}>
        {possible.map((way) => (
          <li key={way.kind} data-way-out={way.kind}>
            <button
              type="button"
              className={styles.way}
              aria-expanded={unfolds(way) ? open === way.kind : undefined}
              onClick={() => tap(way)}
            >
              <Icon name={ICONS[way.kind]} />
              <span className={styles.words}>
                <span className={styles.name}>{t(`rescue.${way.kind}`)}</span>
                <Touches way={way} />
              </span>
              <Icon name={unfolds(way) ? "down" : "forward"} />
            </button>
            {open === way.kind && (
              <div className={styles.inside}>
                <Inside way={way} session={session} onLeave={() => setOpen(undefined)} onFull={onFull} />
              </div>
            )}
          </li>
        ))}
      </ul>
      <NoWays ways={found.ways.filter((way) => way.refused)} />
    </Stack>
  );
}

const unfolds = ({ kind }: Way) => kind !== "call" && kind !== "move" && kind !== "cancel";

/** Whom it touches, in a line. */
function Touches({ way }: { way: Way }) {
  const t = useText();
  const { volunteers, families, children } = way;
  const able = way.options.filter((one) => !one.refused);
  const who = [
    ...(volunteers > 0 ? [t("rescue.volunteers", { n: volunteers })] : []),
    ...(families > 0 ? [t("rescue.families", { n: families })] : []),
  ].join(t("ui.joiner"));
  const nobody = who === "" && ["merge", "move", "cancel"].includes(way.kind);
  const names = able.map((one) => one.name).join(t("ui.joiner"));
  const words: Record<Way["kind"], string> = {
    standby: t("rescue.touches.standby", { names }),
    call: t("rescue.touches.call"),
    repair: t("rescue.touches.repair"),
    staff: t("rescue.touches.staff", { n: able.length }),
    merge: t("rescue.touches.merge", { who }),
    move: t("rescue.touches.all", { who }),
    fewer: t("rescue.touches.fewer", { families, children }),
    cancel: t("rescue.touches.all", { who }),
  };
  return <span className={styles.soft}>{nobody ? t("rescue.touches.nobody") : words[way.kind]}</span>;
}

interface InsideProps {
  way: Way;
  session: SessionPanel;
  onLeave: () => void;
  onFull: () => void;
}

function Inside({ way, session, ...then }: InsideProps) {
  if (way.kind === "repair") return <Repairs session={session} untitled />;
  if (way.kind === "fewer") return <Taking session={session} wish={{ kind: "fewer" }} {...then} />;
  return <Options way={way} session={session} {...then} />;
}

function NoWays({ ways }: { ways: Way[] }) {
  const t = useText();
  const whyNot = useWhyNot();
  if (ways.length === 0) return null;
  return (
    <section>
      <Text component="h3" fw={600}>
        {t("rescue.no_ways")}
      </Text>
      <ul className={styles.none}>
        {ways.map((way) => (
          <li key={way.kind} data-no-way={way.kind}>
            {t("rescue.no_way", { way: t(`rescue.${way.kind}`), reason: way.refused ? whyNot(way.refused) : "" })}
          </li>
        ))}
      </ul>
    </section>
  );
}
