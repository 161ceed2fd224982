/** When and where a session is held. */
export interface Held {
  hub: number;
  room: number | null;
  starts_at: string;
  ends_at: string;
}

/** What a dialog about a session is opened for. */
export type DialogWish =
  | { kind: "add"; day: string; hub?: number }
  | { kind: "edit" | "cancel"; id: number }
  | {
      kind: "move";
      id: number;
      /** Where it was let go, and what was said to that. */
      to?: Held;
      refused?: unknown;
    };

export interface DialogProps<Wish extends DialogWish = DialogWish> {
  wish: Wish;
  onClose: () => void;
  /** The session that was saved, its week, and its day where that was chosen. */
  onDone: (id: number, week: string, day?: string) => void;
}
