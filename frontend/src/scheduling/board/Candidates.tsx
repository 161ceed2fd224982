/** Whom to call, the most suitable first; who can't, with the one thing in the way. */
import { Button, Modal, Stack, Text } from "@mantine/core";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, say, useDates, useFocusBack } from "@/ui";
import styles from "./board.module.css";
import { Call } from "./PlacePerson";
import type { BoardSession } from "./types";
import { useWhyNotThem, useWhyThem } from "./whyThem";

export type Candidate = components["schemas"]["CandidateOut"];

interface Props {
  session: BoardSession;
  /** The need they are looked up for. */
  need: number;
  title: string;
  /** Something to say about the choice, above the names. */
  children?: React.ReactNode;
  busy: boolean;
  error: unknown;
  onChoose: (one: Candidate) => void;
  onClose: () => void;
}

export function Candidates({ session, need, title, children, busy, error, onChoose, onClose }: Props) {
  const t = useText();
  useFocusBack();
  const dates = useDates();
  const why = useWhyThem();
  const whyNot = useWhyNotThem();
  const found = api.useQuery("get", "/api/needs/{need_id}/candidates", { params: { path: { need_id: need } } });
  return (
    <Modal opened onClose={onClose} size="lg" title={title} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <Stack gap="md">
        <Text c="dimmed">
          {dates.span(session.starts_at, session.ends_at)} {session.title}
        </Text>
        {error !== null && (
          <Text role="alert" c="var(--empty)">
            {whyNot(error)}
          </Text>
        )}
        {children}
        <Loaded query={found}>
          {(data) => (
            <>
              <section>
                <Text component="h3" fw={600}>
                  {t("board.can_come", { n: data.free_count })}
                </Text>
                <ul className={styles.people}>
                  {data.free.map((one) => (
                    <li key={one.volunteer}>
                      <span className={styles.candidate}>
                        <strong>{one.name}</strong>
                        <Text size="sm" c="dimmed">
                          {one.why.map(why).join(t("board.comma"))}
                        </Text>
                      </span>
                      <Call name={one.name} phone={one.phone} />
                      <Button
                        variant="default"
                        onClick={() => onChoose(one)}
                        disabled={busy}
                        aria-label={t("board.choose_who", { name: one.name })}
                      >
                        {t("board.choose")}
                      </Button>
                    </li>
                  ))}
                </ul>
              </section>
              {data.near.length > 0 && (
                <section>
                  <Text component="h3" fw={600}>
                    {t("board.one_step_away")}
                  </Text>
                  <ul className={styles.people}>
                    {data.near.map((one) => (
                      <li key={one.volunteer}>
                        <span className={styles.candidate}>
                          <strong>{one.name}</strong>
                          <Text size="sm" c="dimmed">
                            {one.against
                              .map((reason) => say(t, "why_not_them", reason.code, reason.facts, "why_not_them.other"))
                              .join(t("board.comma"))}
                          </Text>
                        </span>
                        <Call name={one.name} phone={one.phone} />
                      </li>
                    ))}
                  </ul>
                </section>
              )}
              <Others counts={data.others} />
            </>
          )}
        </Loaded>
      </Stack>
    </Modal>
  );
}

function Others({ counts }: { counts: Record<string, number> }) {
  const t = useText();
  const most = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (most.length === 0) return null;
  const words = most.map(([code, n]) => say(t, "others_count", code, { n }, "others_count.other"));
  return <Text c="dimmed">{t("board.others", { reasons: words.join(t("board.comma")) })}</Text>;
}
