/** A deed without a form: how it comes out is shown at once, and saved by one tap. */
import { useEffect, useRef } from "react";
import { useText } from "@/i18n";
import { ErrorState, Skeleton } from "@/ui";
import { Preview } from "./Preview";
import type { Outcome } from "./types";
import { type Asked, useShownFirst } from "./useShownFirst";

interface Props {
  post: (asked: Asked) => Promise<Outcome>;
  verb: string;
  onSaved: (done: Outcome) => void;
  onBack: () => void;
}

export function ShownFirst({ post, verb, onSaved, onBack }: Props) {
  const t = useText();
  const shown = useShownFirst(post, onSaved);
  const look = useRef(shown.look);
  useEffect(() => {
    void look.current();
  }, []);
  if (!shown.outcome) {
    return shown.error ? <ErrorState error={shown.error} onRetry={() => void shown.look()} /> : <Skeleton />;
  }
  return (
    <Preview
      outcome={shown.outcome}
      anew={shown.anew}
      verb={verb}
      saving={shown.busy}
      error={shown.error}
      settling={shown.settling}
      onSave={shown.save}
      back={t("ui.not_now")}
      onBack={onBack}
    />
  );
}
