/** Above everything else: children whom nobody fetched, and whom to call. */
import { Button } from "@mantine/core";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Section, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

const MINUTE = 60_000;

export function Late() {
  const t = useText();
  const late = api.useQuery(
    "get",
    "/api/attendance/children/late",
    {},
    { meta: { live: ["attendance"] }, refetchInterval: MINUTE },
  );
  if (!late.data?.length) return null;
  return (
    <Section title={t("board.late_title")}>
      <ul className={rows.list}>
        {late.data.map((one) => (
          <LateRow key={one.booking} late={one} />
        ))}
      </ul>
    </Section>
  );
}

function LateRow({ late }: { late: components["schemas"]["LateChild"] }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const numbers = api.useMutation("post", "/api/attendance/children/{booking_id}/numbers");
  const { name, ends_at: end } = late;
  const minutes = Math.floor((Date.now() - Date.parse(end)) / MINUTE);
  return (
    <li className={rows.row}>
      <StateMark state="empty">{name}</StateMark>
      <span>{t("board.late_since", { program: late.program, at: dates.time(end), minutes })}</span>
      {numbers.data ? (
        <ul className={rows.list}>
          {numbers.data.length === 0 && <li>{t("board.late_no_numbers")}</li>}
          {numbers.data.map((one) => (
            <li key={one.phone}>
              <a href={`tel:${one.phone}`}>
                {t("board.late_call", { relation: one.relation, name: one.name, phone: one.phone })}
              </a>
            </li>
          ))}
        </ul>
      ) : (
        <span>
          <Button
            variant="default"
            aria-label={t("board.late_numbers_whose", { name })}
            loading={numbers.isPending}
            onClick={() => numbers.mutate({ params: { path: { booking_id: late.booking } } })}
          >
            {t("board.late_numbers")}
          </Button>
        </span>
      )}
      {numbers.error && (
        <span role="alert" className={rows.error}>
          {words(numbers.error)}
        </span>
      )}
    </li>
  );
}
