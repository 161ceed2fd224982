/** Who waits for a yes to a shift they asked for, whoever asked first above: a yes is one tap. */
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { notifyDone, Section, useDates } from "@/ui";
import rows from "@/ui/rows.module.css";
import { Refuse } from "../Refuse";
import { useRefreshSession } from "../useRefreshSession";
import { useWhyNotThem } from "../whyThem";

type Asked = components["schemas"]["RequestOut"];
const SHOWN = 2;

export function Requests({ onOpen }: { onOpen: (session: number) => void }) {
  const t = useText();
  const [all, setAll] = useState(false);
  const meta = { live: ["assignment", "session", "roster"] };
  const found = api.useQuery("get", "/api/requests", {}, { meta }).data;
  if (!found?.length) return null;
  const n = found.length;
  return (
    <Section title={t("board.requests", { n })}>
      <ul className={rows.list}>
        {(all ? found : found.slice(0, SHOWN)).map((one) => (
          <Row key={one.assignment} asked={one} onOpen={() => onOpen(one.session)} />
        ))}
      </ul>
      {n > SHOWN && !all && (
        <Button variant="subtle" className={rows.quiet} onClick={() => setAll(true)}>
          {t("board.requests_all", { n })}
        </Button>
      )}
    </Section>
  );
}

function Row({ asked, onOpen }: { asked: Asked; onOpen: () => void }) {
  const t = useText();
  const dates = useDates();
  const whyNot = useWhyNotThem();
  const refresh = useRefreshSession(asked.session);
  const [refusing, setRefusing] = useState(false);
  const { name, program, role } = asked;
  const approve = api.useMutation("post", "/api/assignments/{assignment_id}/approve", {
    onSuccess: () => notifyDone(t(asked.state === "wished" ? "board.approved_wish" : "board.approved", { name })),
    onSettled: refresh,
  });
  const error: unknown = approve.error;
  return (
    <li className={rows.row}>
      <span className={rows.facts}>
        <span className={rows.name}>{t(`board.asks_for.${asked.state}`, { name, program, role })}</span>
        <span className={rows.soft}>
          {dates.nearSpan(asked.starts_at, asked.ends_at)} {asked.hub}
        </span>
        {asked.free === 0 && <span className={rows.soft}>{t("board.requests_full")}</span>}
      </span>
      <Group gap="sm">
        {asked.free > 0 && (
          <Button
            variant="outline"
            disabled={approve.isPending}
            onClick={() => approve.mutate({ params: { path: { assignment_id: asked.assignment } } })}
            aria-label={t("board.approve_whom", { name, program })}
          >
            {t("board.approve")}
          </Button>
        )}
        <Button
          variant="default"
          disabled={approve.isPending}
          onClick={() => setRefusing(true)}
          aria-label={t("board.refuse_whom", { name, program })}
        >
          {t("board.refuse")}
        </Button>
        <Button variant="subtle" onClick={onOpen} aria-label={t("board.requests_open_which", { name, program })}>
          {t("board.requests_open")}
        </Button>
      </Group>
      {error !== null && (
        <span role="alert" className={rows.error}>
          {whyNot(error)}
        </span>
      )}
      {refusing && <Refuse asked={asked} session={asked.session} onClose={() => setRefusing(false)} />}
    </li>
  );
}
