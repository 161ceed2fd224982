/** What comes of a session let go elsewhere: done at once where nobody has a place in it, else asked first. */
import { api } from "@/api/client";
import { useText } from "@/i18n";
import type { DialogWish, Held } from "@/scheduling/sessions";
import { notifyDone } from "@/ui";
import type { BoardSession } from "../types";
import { comesWithPeople } from "./target";

interface Options {
  /** Shows a session as given, until the server says how it is. */
  show: (session: BoardSession) => void;
  refresh: (ids: number[]) => Promise<void>;
  ask: (wish: DialogWish) => void;
}

export function useDrop({ show, refresh, ask }: Options): (session: BoardSession, held: Held) => void {
  const t = useText();
  const { mutateAsync } = api.useMutation("post", "/api/sessions/{session_id}/move");

  /** Shown as done before it is; put back when it is refused, and the dialog says why. */
  const move = async (session: BoardSession, { hub, room, starts_at, ends_at }: Held) => {
    const held = { hub, room, starts_at, ends_at };
    show({ ...session, ...held });
    try {
      const body = { ...held, revision: session.revision, confirmed: false };
      const saved = await mutateAsync({ params: { path: { session_id: session.id } }, body });
      void refresh([session.id]);
      return { ...session, ...held, revision: saved.revision };
    } catch (refused) {
      show(session);
      void refresh([session.id]);
      ask({ kind: "move", id: session.id, to: held, refused });
      return undefined;
    }
  };

  const moveAtOnce = async (session: BoardSession, held: Held) => {
    const moved = await move(session, held);
    if (!moved) return;
    const back = async () => {
      if (await move(moved, session)) notifyDone(t("board.moved_back"));
    };
    notifyDone(t("board.dragged", { title: session.title }), { label: t("board.undo"), onUndo: () => void back() });
  };

  return (session, held) => {
    if (comesWithPeople(session)) ask({ kind: "move", id: session.id, to: held });
    else void moveAtOnce(session, held);
  };
}
