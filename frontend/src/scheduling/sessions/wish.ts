/** What a dialog about a session is opened for. */
export type DialogWish = { kind: "add"; day: string; hub?: number } | { kind: "move" | "edit" | "cancel"; id: number };

export interface DialogProps<Wish extends DialogWish = DialogWish> {
  wish: Wish;
  onClose: () => void;
  /** The session that was saved, its week, and its day where that was chosen. */
  onDone: (id: number, week: string, day?: string) => void;
}
