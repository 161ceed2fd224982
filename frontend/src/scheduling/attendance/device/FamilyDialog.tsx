/** A family before the tablet: who of its children has come; who goes, and with whom. */
import { Button, Checkbox, Modal, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/i18n";
import { useDates, useFocusBack } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Sheet } from "../types";
import { useNow } from "../useNow";
import { CodeForm } from "./CodeForm";
import { type Child, type ChildNow, childrenNow, toAsk } from "./children";
import { proofOfCode } from "./codes";
import styles from "./device.module.css";
import type { Found, Greeting } from "./reading";
import type { NewDeed } from "./store";
import { type Device, uuid } from "./useDevice";

export interface Asked extends Found {
  /** The one whose name was tapped; else all that can be meant. */
  child?: Child;
}

interface Props {
  asked: Asked;
  sheet: Sheet;
  device: Device;
  onClose: () => void;
  onSaid: (greeting: Greeting) => void;
  /** Whom to ask how it was, by their places. */
  onLeft: (bookings: number[]) => void;
}

type Way = "arrived" | "let_go" | "alone";

export function FamilyDialog({ asked, sheet, device, onClose, onSaid, onLeft }: Props) {
  const t = useText();
  useFocusBack();
  const { deeds, faces, offset } = device.state;
  const now = useNow() + offset;
  const family = sheet.families.find((one) => one.salt === asked.family.salt) ?? asked.family;
  const all = childrenNow(family, deeds, offset, now);
  const tapped = asked.child && keyOf(asked.child);
  const own = all.find((one) => keyOf(one.child) === tapped);
  const idle = own && own.awaited.length + own.here.length === 0;
  const ways = (["awaited", "here"] as const).filter((way) => !idle && all.some((one) => one[way].length > 0));
  const [wish, setWish] = useState(() => (own?.here.length ? "here" : ways[0]));
  const way = wish && ways.includes(wish) ? wish : ways[0];
  const open = way ? all.filter((one) => one[way].length > 0) : [];
  const [out, setOut] = useState(() => (own ? all.filter((one) => one !== own).map((one) => keyOf(one.child)) : []));
  const chosen = open.filter((one) => !out.includes(keyOf(one.child)));
  const bookings = way ? chosen.flatMap((one) => one[way]) : [];

  const done = async (noted: NewDeed[], kind: Way) => {
    const at = Date.now();
    await device.noteChildren(noted);
    onSaid({ kind, name: chosen.map((one) => one.child.name).join(t("ui.joiner")), at: at + offset });
    onClose();
    if (kind !== "arrived") onLeft(toAsk(family, bookings, faces, at + offset));
  };
  const each = (kind: "in" | "out", how: Partial<NewDeed> = {}): NewDeed[] =>
    bookings.map((booking) => ({ uid: uuid(), at: Date.now(), booking, kind, ...how }));
  const byCode = async (stretched: ArrayBuffer) => {
    const going = each("out");
    for (const deed of going) deed.proof = await proofOfCode(stretched, deed.uid);
    await done(going, "let_go");
  };
  const wrong = () =>
    device.noteChildren(
      each("out")
        .slice(0, 1)
        .map((deed) => ({ ...deed, kind: "try" })),
    );

  return (
    <Modal
      opened
      centered
      size="lg"
      onClose={onClose}
      title={way ? t(`tablet.who_${way}`) : t("tablet.nobody_now")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <Stack gap="lg">
        {ways.length > 1 && (
          <SegmentedControl
            fullWidth
            value={way}
            onChange={(value) => setWish(value as typeof wish)}
            data={ways.map((value) => ({ value, label: t(`tablet.way_${value}`) }))}
          />
        )}
        {way ? <Chosen open={open} out={out} onChange={setOut} /> : <Waits all={own ? [own] : all} now={now} />}
        {way === "awaited" && (
          <Button size="lg" disabled={bookings.length === 0} onClick={() => done(each("in"), "arrived")} data-autofocus>
            {t("tablet.arrived_do")}
          </Button>
        )}
        {way === "here" && (
          <>
            <CodeForm
              family={family}
              sheet={sheet}
              deeds={deeds}
              disabled={bookings.length === 0}
              onRight={byCode}
              onWrong={wrong}
            />
            {asked.card ? (
              family.guardians.map(({ id, relation }) => (
                <Button
                  key={id}
                  variant="default"
                  disabled={bookings.length === 0}
                  onClick={() => done(each("out", { guardian: id, card: asked.card }), "let_go")}
                >
                  {t("tablet.guardian_do", { who: relation || t("tablet.guardian") })}
                </Button>
              ))
            ) : (
              <Text c="dimmed">{t("tablet.guardian_hint")}</Text>
            )}
            {chosen.length > 0 && chosen.every((one) => one.child.may_go_alone) && (
              <Button variant="default" onClick={() => done(each("out"), "alone")}>
                {t("child.alone")}
              </Button>
            )}
          </>
        )}
      </Stack>
    </Modal>
  );
}

/** A child's first place of the day stands for it: its name alone might be a sibling's too. */
const keyOf = (child: Child): number | undefined => child.places[0]?.booking;

interface ChosenProps {
  open: ChildNow[];
  out: ReturnType<typeof keyOf>[];
  onChange: (out: ReturnType<typeof keyOf>[]) => void;
}

function Chosen({ open, out, onChange }: ChosenProps) {
  return (
    <div className={styles.chosen}>
      {open.map(({ child }) => {
        const key = keyOf(child);
        return (
          <Checkbox
            key={key}
            size="lg"
            label={child.name}
            classNames={{ body: styles.pick, labelWrapper: styles.reach }}
            checked={!out.includes(key)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? out.filter((one) => one !== key) : [...out, key])
            }
          />
        );
      })}
    </div>
  );
}

/** Nothing to note: too early, or over. */
function Waits({ all, now }: { all: ChildNow[]; now: number }) {
  const t = useText();
  const dates = useDates();
  const starts = all.flatMap(({ child }) => child.places.map((place) => place.starts_at)).sort();
  const next = starts.find((start) => Date.parse(start) > now);
  return (
    <p className={rows.soft}>{next ? t("tablet.child_early", { start: dates.time(next) }) : t("tablet.child_over")}</p>
  );
}
