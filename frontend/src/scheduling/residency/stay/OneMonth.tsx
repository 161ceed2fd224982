/** A month: how each indicator stands and where it comes from, casework, and the closing of it. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Icon, Loaded, Section, WeChatFallback } from "@/ui";
import rows from "@/ui/rows.module.css";
import { amount } from "../amounts";
import { LineMark } from "../LineMark";
import { useMonthName } from "../months";
import styles from "../residency.module.css";
import { type Figure, figures, type Line, type MonthDetail, type Source } from "../types";
import { liveLedger } from "../useLedger";
import { CaseworkPart } from "./CaseworkPart";
import { ClosingPart } from "./ClosingPart";
import { adds, Sources } from "./Sources";

export function OneMonth({ id, month }: { id: number; month: string }) {
  const t = useText();
  const name = useMonthName();
  const params = { path: { residency_id: id, month } };
  const query = api.useQuery("get", "/api/ledger/{residency_id}/months/{month}", { params }, liveLedger);
  return (
    <section className={styles.oneMonth} aria-label={name(month)}>
      <Loaded query={query}>
        {(data) => (
          <Section
            title={t("ledger.of_month", { month: name(month), phase: t(`ledger.phase_${data.of_month.phase}`) })}
          >
            <div className={styles.columns}>
              <Lines data={data} />
              <div>
                <ClosingPart data={data} />
                <CaseworkPart data={data} />
                <Reports id={id} month={month} />
              </div>
            </div>
          </Section>
        )}
      </Loaded>
    </section>
  );
}

function Lines({ data }: { data: MonthDetail }) {
  const [opened, setOpened] = useState<Figure>();
  const unrecorded = data.sources.filter((one) => one.over && !one.on_record);
  return (
    <div>
      {figures.map((figure) => (
        <OneLine
          key={figure}
          figure={figure}
          line={data.of_month.lines.find((line) => line.indicator === figure)}
          data={data}
          sources={data.sources.filter((one) => adds(one, figure))}
          unrecorded={figure === "sessions" ? unrecorded : []}
          opened={opened === figure}
          onOpen={() => setOpened(opened === figure ? undefined : figure)}
        />
      ))}
    </div>
  );
}

interface LineProps {
  figure: Figure;
  line: Line | undefined;
  data: MonthDetail;
  sources: Source[];
  unrecorded: Source[];
  opened: boolean;
  onOpen: () => void;
}

function OneLine({ figure, line, data, sources, unrecorded, opened, onOpen }: LineProps) {
  const t = useText();
  const { rooms } = data.of_month;
  const { done, corrected } = line ?? { done: rooms.used, corrected: rooms.corrected };
  const bound = line ? line.owed : rooms.granted;
  const { pending, coming } = line ?? { pending: 0, coming: rooms.coming };
  const more = [
    corrected !== 0 && t("ledger.corrected", { n: amount(t, figure, corrected) }),
    pending > 0 && t(`ledger.pending_${figure}`, { n: amount(t, figure, pending) }),
    coming > 0 && t("ledger.coming", { n: amount(t, figure, coming) }),
  ].filter((one) => one !== false);
  const count = sources.length + unrecorded.length;
  return (
    <div className={styles.row}>
      <span className={styles.head}>
        <span className={rows.name}>{t(`ledger.${figure}`)}</span>
        {line?.owed ? <LineMark line={line} /> : null}
      </span>
      <span className={styles.amount}>
        {bound
          ? t(line ? "ledger.done_of" : "ledger.used_of", {
              done: amount(t, figure, done),
              owed: amount(t, figure, bound),
            })
          : amount(t, figure, done)}
      </span>
      {more.length > 0 && <span className={rows.soft}>{more.join(t("ledger.comma"))}</span>}
      <span className={styles.small}>{t(`ledger.how_${figure}`)}</span>
      {count > 0 && (
        <div>
          <Button variant="subtle" className={rows.quiet} aria-expanded={opened} onClick={onOpen}>
            {t("ledger.from_sessions", { n: count })}
          </Button>
        </div>
      )}
      {opened && <Sources rows={[...unrecorded, ...sources]} figure={figure} />}
    </div>
  );
}

function Reports({ id, month }: { id: number; month: string }) {
  const t = useText();
  return (
    <WeChatFallback address={window.location.href}>
      <div className={styles.buttons}>
        {(["pdf", "xlsx"] as const).map((kind) => (
          <Button
            key={kind}
            component="a"
            variant="default"
            href={`/api/ledger/${id}/months/${month}/report.${kind}`}
            leftSection={<Icon name={kind === "pdf" ? "print" : "download"} />}
            download
          >
            {t(`ledger.download_${kind}`)}
          </Button>
        ))}
      </div>
    </WeChatFallback>
  );
}
