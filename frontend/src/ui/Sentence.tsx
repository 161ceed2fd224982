/** A code and its facts, said as a sentence. A code without one is never shown: the general sentence stands in. */
import { Refusal } from "@/api/refusal";
import { hasText, type Text, useText, type Values } from "@/i18n";

type Facts = Record<string, unknown>;

function sayable(facts: Facts): Values {
  const values: Values = {};
  for (const [name, fact] of Object.entries(facts)) {
    if (typeof fact === "string" || typeof fact === "number") values[name] = fact;
    else if (Array.isArray(fact)) values[name] = fact.join(", ");
    else if (fact !== null && fact !== undefined) values[name] = String(fact);
  }
  return values;
}

export function say(t: Text, family: string, code: string, facts: Facts = {}, otherwise = "errors.unknown"): string {
  const id = `${family}.${code}`;
  return hasText(id) ? t(id, sayable(facts)) : t(otherwise);
}

/** `<Sentence family="reasons" code="too_far" facts={{ minutes: 75 }} />` reads `reasons.too_far` */
export function Sentence(props: { family: string; code: string; facts?: Facts; otherwise?: string }) {
  const t = useText();
  return say(t, props.family, props.code, props.facts, props.otherwise);
}

/** What an error says to the person who met it; of what is missing, `errors.not_found_volunteer` says more where it is. */
export function useErrorText(): (error: unknown) => string {
  const t = useText();
  return (error) => {
    if (!(error instanceof Refusal)) return t("errors.unknown");
    const closer = `${error.code}_${error.facts.model}`;
    return say(t, "errors", hasText(`errors.${closer}`) ? closer : error.code, error.facts);
  };
}
