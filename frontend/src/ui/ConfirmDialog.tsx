/** One question, said with its consequence; the main button repeats the verb. */
import { lazy, Suspense } from "react";

const ConfirmModal = lazy(() => import("./ConfirmModal"));

export interface Question {
  opened: boolean;
  onClose: () => void;
  title: string;
  /** What will happen, to whom. */
  consequence?: React.ReactNode;
  /** The verb on the button. */
  verb: string;
  onConfirm: () => void;
  busy?: boolean;
  /** The answer to a failed attempt, already worded. */
  error?: string;
}

export function ConfirmDialog(question: Question) {
  return (
    question.opened && (
      <Suspense>
        <ConfirmModal {...question} />
      </Suspense>
    )
  );
}
