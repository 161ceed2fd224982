/** Which days are worked: as published, and what administrators know better. */
import { ActionIcon, Button, Group, SegmentedControl, Stack, Text, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useGrant } from "@/api/me";
import { useText } from "@/i18n";
import {
  EmptyState,
  Icon,
  Loaded,
  localDay,
  notifyDone,
  Page,
  Section,
  StateMark,
  Stepper,
  useDates,
  useErrorText,
} from "@/ui";
import rows from "@/ui/rows.module.css";
import { Notice } from "./Notice";
import { type Span, spansOf } from "./spans";

const FIRST = 2000;
const LAST = 2100;

export default function DaysPage() {
  const t = useText();
  const mayChange = useGrant()?.role === "administrator";
  const thisYear = Number(localDay(new Date()).slice(0, 4));
  const [year, setYear] = useState(thisYear);
  const days = api.useQuery(
    "get",
    "/api/working-days",
    { params: { query: { year } } },
    { placeholderData: (before) => before },
  );
  return (
    <Page title={t("days.title")} lead={t("days.lead")}>
      <Stepper
        label={t("days.choose_year")}
        before={{ name: t("days.before"), go: year > FIRST && (() => setYear(year - 1)) }}
        after={{ name: t("days.after"), go: year < LAST && (() => setYear(year + 1)) }}
        back={year !== thisYear && { name: t("days.this_year"), go: () => setYear(thisYear) }}
      >
        {t("days.year", { year: String(year) })}
      </Stepper>
      <Loaded query={days}>
        {(found) =>
          found.length === 0 ? (
            <EmptyState title={t("days.none")}>{t("days.none_hint")}</EmptyState>
          ) : (
            <ul className={rows.list}>
              {spansOf(found).map((span) => (
                <OneSpan key={span.first} span={span} mayChange={mayChange} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {year > thisYear && <p className={rows.soft}>{t("days.ahead")}</p>}
      {mayChange ? (
        <>
          <Notice onTaken={setYear} />
          <Add year={year} onAdded={setYear} />
        </>
      ) : (
        <Text c="dimmed">{t("days.read_only")}</Text>
      )}
    </Page>
  );
}

function useMark(words: string, then?: () => void) {
  const cache = useQueryClient();
  return api.useMutation("put", "/api/working-days/{day}", {
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ["get", "/api/working-days"] });
      then?.();
      notifyDone(words);
    },
  });
}

function OneSpan({ span, mayChange }: { span: Span; mayChange: boolean }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const remove = useMark(t("days.removed"));
  const name =
    span.first === span.last
      ? dates.day(span.first)
      : t("days.span", { first: dates.day(span.first), last: dates.day(span.last) });
  return (
    <li className={rows.row}>
      <Group gap="sm" justify="space-between" wrap="nowrap">
        <span className={rows.facts}>
          <span className={rows.name}>{name}</span>
          <span className={rows.told}>
            <StateMark state={span.works ? "full" : "waiting"}>{t(span.works ? "days.works" : "days.off")}</StateMark>
            {span.insteadOf && <span>{t("days.instead_of", { day: dates.day(span.insteadOf) })}</span>}
            <span className={rows.soft}>{t(span.byHand ? "days.by_hand" : "days.published")}</span>
          </span>
        </span>
        {span.byHand && mayChange && (
          <ActionIcon
            aria-label={t("days.remove", { day: name })}
            loading={remove.isPending}
            onClick={() => remove.mutate({ params: { path: { day: span.first } }, body: { works: null } })}
          >
            <Icon name="close" />
          </ActionIcon>
        )}
      </Group>
      {remove.error && (
        <span role="alert" className={rows.error}>
          {words(remove.error)}
        </span>
      )}
    </li>
  );
}

function Add({ year, onAdded }: { year: number; onAdded: (year: number) => void }) {
  const t = useText();
  const words = useErrorText();
  const [day, setDay] = useState("");
  const [kind, setKind] = useState("off");
  const [insteadOf, setInsteadOf] = useState("");
  const save = useMark(t("days.saved"), () => {
    onAdded(Number(day.slice(0, 4)));
    setDay("");
    setInsteadOf("");
  });
  return (
    <Section title={t("days.add")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const works = kind === "works";
          const made_up_for = works && insteadOf ? insteadOf : null;
          save.mutate({ params: { path: { day } }, body: { works, instead_of: made_up_for } });
        }}
      >
        <Stack gap="md">
          <TextInput
            type="date"
            label={t("days.day")}
            min={`${Math.max(FIRST, year - 1)}-01-01`}
            max={`${LAST}-12-31`}
            value={day}
            onChange={(event) => setDay(event.currentTarget.value)}
            required
          />
          <SegmentedControl
            aria-label={t("days.kind")}
            value={kind}
            onChange={setKind}
            data={["off", "works"].map((one) => ({ value: one, label: t(`days.${one}`) }))}
          />
          {kind === "works" && (
            <TextInput
              type="date"
              label={t("days.makes_up_for")}
              description={t("days.makes_up_for_hint")}
              value={insteadOf}
              onChange={(event) => setInsteadOf(event.currentTarget.value)}
            />
          )}
          {save.error && (
            <span role="alert" className={rows.error}>
              {words(save.error)}
            </span>
          )}
          <Group>
            <Button type="submit" disabled={day === ""} loading={save.isPending}>
              {t("days.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
