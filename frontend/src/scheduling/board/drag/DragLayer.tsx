/**
 * A bar taken by the mouse, or by a finger that rests on it, and carried to another room or time. Drawn above the board,
 * which is not drawn again meanwhile. Keys and the dialog (M) do the same.
 */
import { useEffect, useRef, useState } from "react";
import { useText } from "@/i18n";
import type { Held } from "@/scheduling/sessions";
import { Icon, useDates } from "@/ui";
import styles from "../board.module.css";
import type { BoardSession } from "../types";
import { atThatTime, inTheWay, isThere, onThatDay } from "./target";

/** So far a press may move and still be a click (pixels). */
const STILL = 6;
/** So long a finger rests before it takes the bar (milliseconds). */
const HOLD = 400;
/** So near to its edge the board scrolls, and by how much a frame (pixels). */
const EDGE = 48;
const PACE = 12;

interface Props {
  board: React.RefObject<HTMLDivElement | null>;
  sessions: BoardSession[];
  /** A site and room, as it is said. */
  placeName: (place: { hub: number; room: number | null }) => string;
  onDrop: (session: BoardSession, held: Held) => void;
}

interface Carried {
  session: BoardSession;
  held: Held;
  /** Where it would stand, on the screen. */
  box: { left: number; top: number; width: number; height: number };
  x: number;
  y: number;
}

/** What is under the pointer, and where in it the session would be held. */
function placeAt(session: BoardSession, grip: number, x: number, y: number): Pick<Carried, "held" | "box"> | undefined {
  const spot = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-drop]");
  if (!spot) return undefined;
  const { drop = "", day = "", from, to } = spot.dataset;
  const [hub = 0, room = 0] = drop.split(":").map(Number);
  const place = { hub, room: room || null };
  const { left, top, width, height } = spot.getBoundingClientRect();
  if (from === undefined || to === undefined) {
    return { held: onThatDay(session, day, place), box: { left, top, width, height } };
  }
  const hours = { from: Number(from), to: Number(to) };
  const held = atThatTime(session, day, hours, (x - grip - left) / width, place);
  const share = (moment: string) =>
    ((Date.parse(moment) - Date.parse(`${day}T00:00:00+08:00`)) / 3_600_000 - hours.from) / (hours.to - hours.from);
  const start = left + share(held.starts_at) * width;
  return { held, box: { left: start, top, width: left + share(held.ends_at) * width - start, height } };
}

/** Scrolls the board while something is held at its edge. */
function nudge(grid: Element | null | undefined, x: number, y: number): void {
  if (!grid) return;
  const { left, right, top, bottom } = grid.getBoundingClientRect();
  const way = (at: number, low: number, high: number) => (at < low + EDGE ? -PACE : at > high - EDGE ? PACE : 0);
  grid.scrollBy(way(x, left, right), way(y, top, bottom));
}

export function DragLayer({ board, sessions, placeName, onDrop }: Props) {
  const t = useText();
  const dates = useDates();
  const [carried, setCarried] = useState<Carried>();
  const latest = useRef({ sessions, onDrop });
  latest.current = { sessions, onDrop };

  useEffect(() => {
    const ground = board.current;
    if (!ground) return;
    let end: (() => void) | undefined;

    const press = (event: PointerEvent) => {
      const bar = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-session]") : null;
      const session = latest.current.sessions.find((one) => one.id === Number(bar?.dataset.session));
      if (!bar || end || event.button !== 0 || !session?.editable || session.state === "cancelled") return;
      end = follow(bar, session, event, () => {
        end = undefined;
      });
    };

    const follow = (bar: HTMLElement, session: BoardSession, begun: PointerEvent, done: () => void) => {
      const grip = begun.clientX - bar.getBoundingClientRect().left;
      const finger = begun.pointerType !== "mouse";
      const stop = new AbortController();
      let holding = false;
      let now: Carried | undefined;
      let at = { x: begun.clientX, y: begun.clientY };
      let frame = 0;

      const look = () => {
        const found = placeAt(session, grip, at.x, at.y);
        now = found && { session, ...found, ...at };
        setCarried(now);
      };
      const keepScrolling = () => {
        nudge(bar.closest("[data-view]") ?? ground.querySelector("[data-view]"), at.x, at.y);
        look();
        frame = requestAnimationFrame(keepScrolling);
      };
      const take = () => {
        holding = true;
        ground.dataset.carrying = "true";
        frame = requestAnimationFrame(keepScrolling);
      };
      const leave = () => {
        clearTimeout(resting);
        cancelAnimationFrame(frame);
        stop.abort();
        delete ground.dataset.carrying;
        setCarried(undefined);
        done();
      };
      const resting = finger ? setTimeout(take, HOLD) : undefined;
      const { signal } = stop;

      window.addEventListener(
        "pointermove",
        (event) => {
          if (event.pointerId !== begun.pointerId) return;
          at = { x: event.clientX, y: event.clientY };
          if (holding || Math.hypot(at.x - begun.clientX, at.y - begun.clientY) < STILL) return;
          // A finger that moves before it rested scrolls.
          if (finger) leave();
          else take();
        },
        { signal },
      );
      window.addEventListener(
        "pointerup",
        (event) => {
          if (event.pointerId !== begun.pointerId) return;
          const dropped = holding;
          look();
          const there = now;
          leave();
          if (!dropped) return;
          // The release is no click on the bar.
          const swallow = (click: MouseEvent) => click.stopPropagation();
          window.addEventListener("click", swallow, { capture: true, once: true });
          setTimeout(() => window.removeEventListener("click", swallow, { capture: true }));
          if (there && !isThere(session, there.held)) latest.current.onDrop(session, there.held);
        },
        { signal },
      );
      window.addEventListener("pointercancel", leave, { signal });
      window.addEventListener("blur", leave, { signal });
      window.addEventListener(
        "keydown",
        (event) => {
          if (!holding || event.key !== "Escape") return;
          event.stopPropagation();
          leave();
        },
        { signal, capture: true },
      );
      // What a finger carries does not scroll the page, nor ask for the browser's menu.
      window.addEventListener("touchmove", (event) => holding && event.preventDefault(), { signal, passive: false });
      window.addEventListener("contextmenu", (event) => finger && event.preventDefault(), { signal });
      return leave;
    };

    ground.addEventListener("pointerdown", press);
    return () => {
      ground.removeEventListener("pointerdown", press);
      end?.();
    };
  }, [board]);

  if (!carried) return null;
  const { session, held, box, x, y } = carried;
  const other = inTheWay(session, held, sessions);
  return (
    <>
      <div className={styles.dropBox} data-taken={other !== undefined} style={box} />
      <div
        className={styles.ghost}
        aria-hidden="true"
        style={{ left: Math.min(x + 12, window.innerWidth - 300), top: Math.min(y + 12, window.innerHeight - 120) }}
      >
        <strong>{session.title}</strong>
        <span>{dates.span(held.starts_at, held.ends_at)}</span>
        <span>{placeName(held)}</span>
        {other && (
          <span className={styles.flag}>
            <Icon name="warning" size="1.1em" />
            {t("board.drag_taken", {
              title: other.title,
              from: dates.time(other.starts_at),
              to: dates.time(other.ends_at),
            })}
          </span>
        )}
      </div>
    </>
  );
}
