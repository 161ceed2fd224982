/** A paired tablet at work. */
import { Button, Text, TextInput, Title } from "@mantine/core";
import { lazy, Suspense, useEffect, useState } from "react";
import { useText } from "@/i18n";
import { EmptyState, isWeChat, Section, StateMark, useDates, useOnline } from "@/ui";
import { QrCode } from "@/ui/QrCode";
import rows from "@/ui/rows.module.css";
import type { Expected, Sheet } from "../types";
import { useNow } from "../useNow";
import { Children } from "./Children";
import styles from "./device.module.css";
import { doorAddress, PERIOD } from "./door";
import { type Asked, FamilyDialog } from "./FamilyDialog";
import { LeavingFaces } from "./LeavingFaces";
import { type Greeting, momentsOf, seenFor } from "./reading";
import type { Device, DeviceState } from "./useDevice";
import { useWedge } from "./useWedge";

const Camera = lazy(() => import("@/ui/Camera"));
const STAYS = 15_000;

interface Props {
  sheet: Sheet;
  device: Device;
}

export function Tablet({ sheet, device }: Props) {
  const t = useText();
  const { state } = device;
  const [greeting, setGreeting] = useState<Greeting>();
  const [typed, setTyped] = useState("");
  const [looking, look] = useState(false);
  const [asked, ask] = useState<Asked>();
  const [left, leave] = useState<number[]>([]);
  const read = async (text: string) => {
    const said = await device.scan(text);
    // Whoever comes next need not wait for an answer of those who went.
    leave([]);
    if ("kind" in said) setGreeting(said);
    else ask(said);
  };
  useWedge(read);
  useEffect(() => {
    if (!greeting) return;
    const timer = setTimeout(() => setGreeting(undefined), STAYS);
    return () => clearTimeout(timer);
  }, [greeting]);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (typed.trim()) read(typed);
    setTyped("");
  };
  return (
    <>
      <div className={styles.head}>
        <Title order={1}>{t("tablet.at", { hub: sheet.hub.name })}</Title>
        <Network state={state} />
      </div>
      <div className={styles.tablet}>
        <section className={styles.code} aria-label={t("attend.door_title")}>
          <OwnCode sheet={sheet} offset={state.offset} />
          <Text ta="center">{t("attend.door_hint")}</Text>
        </section>
        <section className={styles.cards} aria-label={t("tablet.cards")}>
          <Said greeting={greeting} />
          {looking ? (
            <Suspense>
              <Camera facing="user" otherwise={t("tablet.no_camera")} onText={read} onClose={() => look(false)} />
            </Suspense>
          ) : (
            !isWeChat() && <Button onClick={() => look(true)}>{t("tablet.camera_on")}</Button>
          )}
          <form className={styles.typing} onSubmit={submit}>
            <TextInput
              label={t("tablet.number")}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
              inputMode="numeric"
              autoComplete="off"
            />
            <Button type="submit" variant="default">
              {t("tablet.number_do")}
            </Button>
          </form>
        </section>
      </div>
      {sheet.families.length > 0 && <Children sheet={sheet} state={state} onAsk={ask} />}
      <People sheet={sheet} state={state} />
      {asked && (
        <FamilyDialog
          key={asked.family.salt}
          asked={asked}
          sheet={sheet}
          device={device}
          onClose={() => ask(undefined)}
          onSaid={setGreeting}
          onLeft={leave}
        />
      )}
      {left.length > 0 && (
        <LeavingFaces
          onChoose={(face) => device.noteFaces(left.map((booking) => ({ booking, at: Date.now(), face })))}
          onClose={() => leave([])}
        />
      )}
    </>
  );
}

/** Redrawn with each new window, by the server's clock as far as it is known. */
function OwnCode({ sheet, offset }: { sheet: Sheet; offset: number }) {
  const t = useText();
  const now = useNow(1000) + offset;
  const [address, setAddress] = useState("");
  const turn = Math.floor(now / PERIOD);
  useEffect(() => {
    let current = true;
    void doorAddress(sheet, turn * PERIOD).then((made) => current && setAddress(made));
    return () => {
      current = false;
    };
  }, [sheet, turn]);
  return address ? <QrCode text={address} label={t("attend.door_code", { hub: sheet.hub.name })} /> : null;
}

function Network({ state }: { state: DeviceState }) {
  const t = useText();
  const dates = useDates();
  const online = useOnline();
  const noted = [...state.scans, ...state.deeds].filter((one) => !one.sent);
  const waiting = noted.length + state.faces.filter((one) => one.face).length;
  const time = state.syncedAt ? dates.time(new Date(state.syncedAt + state.offset)) : "";
  const reached = online && state.fault === undefined;
  return (
    <span role="status">
      <StateMark state={reached && waiting === 0 ? "full" : "waiting"}>
        {reached
          ? waiting === 0
            ? t("tablet.all_told", { time })
            : t("tablet.telling", { count: waiting })
          : t("tablet.offline", { count: waiting })}
      </StateMark>
    </span>
  );
}

function Said({ greeting }: { greeting: Greeting | undefined }) {
  const t = useText();
  const dates = useDates();
  const words = (one: Greeting): string => {
    switch (one.kind) {
      case "in":
      case "out":
      case "again":
      case "gone":
        return t(`tablet.said_${one.kind}`, { name: one.name, time: dates.time(new Date(one.at)) });
      case "early":
        return t("tablet.said_early", { name: one.name, start: dates.time(one.starts) });
      case "arrived":
      case "let_go":
      case "alone":
        return t(`tablet.said_${one.kind}`, { name: one.name, time: dates.time(new Date(one.at)) });
      case "late":
      case "not_today":
        return t(`tablet.said_${one.kind}`, { name: one.name });
      default:
        return t(`tablet.said_${one.kind}`);
    }
  };
  const title = greeting && "title" in greeting ? greeting.title : "";
  return (
    <div className={styles.said} data-kind={greeting?.kind} role="status">
      <strong>{greeting ? words(greeting) : t("tablet.hold_card")}</strong>
      {title && <span className={rows.soft}>{title}</span>}
    </div>
  );
}

function People({ sheet, state }: { sheet: Sheet; state: DeviceState }) {
  const t = useText();
  if (sheet.expected.length === 0 && sheet.families.length > 0) return null;
  if (sheet.expected.length === 0) return <EmptyState title={t("tablet.nobody")}>{t("tablet.nobody_hint")}</EmptyState>;
  return (
    <Section title={t("tablet.expected")}>
      <ul className={styles.people}>
        {sheet.expected.map((person) => (
          <Row key={person.number} person={person} state={state} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ person, state }: { person: Expected; state: DeviceState }) {
  const t = useText();
  const dates = useDates();
  const moments = momentsOf(person, state.scans, state.offset);
  return (
    <li className={styles.person}>
      <span className={rows.name}>{person.name}</span>
      {person.places.map((place) => {
        const { came, went } = seenFor(place, moments);
        const time = (moment: number) => dates.time(new Date(moment));
        return (
          <span key={place.starts_at} className={styles.place}>
            <span className={rows.soft}>{dates.time(place.starts_at)}</span>
            {came === undefined ? (
              <StateMark state="waiting">{t("attend.is_awaited")}</StateMark>
            ) : went === undefined ? (
              <StateMark state="full">{t("attend.is_here", { since: time(came) })}</StateMark>
            ) : (
              <StateMark state="free">{t("attend.is_gone", { since: time(came), until: time(went) })}</StateMark>
            )}
          </span>
        );
      })}
    </li>
  );
}
