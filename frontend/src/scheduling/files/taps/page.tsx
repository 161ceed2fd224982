/** Three faces as large as the screen: one tap each, and nobody's name. Handed round or left beside the door. */
import { Button, Title } from "@mantine/core";
import { useEffect, useState } from "react";
import { Link, useSearchParams } from "react-router";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { BarePage, EmptyState, Loaded, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { FaceButtons } from "../FaceButtons";
import styles from "../files.module.css";

const THANKS = 1500;
const ADDRESS = "/api/files/sessions/{session_id}/taps";

export default function TapsPage() {
  const t = useText();
  const session = Number(useSearchParams()[0].get("session")) || 0;
  return (
    <BarePage title={t("file.taps_title")} named>
      {session ? <Screen session={session} /> : <EmptyState order={1} title={t("file.choose")} />}
    </BarePage>
  );
}

function Screen({ session }: { session: number }) {
  const t = useText();
  const words = useErrorText();
  const path = { path: { session_id: session } };
  const screen = api.useQuery("get", ADDRESS, { params: path });
  const [thanked, thank] = useState(false);
  const tap = api.useMutation("post", ADDRESS, { onSuccess: () => thank(true) });
  useEffect(() => {
    if (!thanked) return;
    const timer = setTimeout(() => thank(false), THANKS);
    return () => clearTimeout(timer);
  }, [thanked]);
  return (
    <Loaded query={screen}>
      {({ session: { program }, taps }) => (
        <section className={styles.ask}>
          <Title order={1}>{t("file.taps_ask", { program })}</Title>
          <FaceButtons
            disabled={thanked || tap.isPending}
            onChoose={(face) => tap.mutate({ params: path, body: { face } })}
          />
          <p role="status">{thanked ? t("file.thanks") : t("file.taps_hint")}</p>
          {tap.error !== null && (
            <span role="alert" className={rows.error}>
              {words(tap.error)}
            </span>
          )}
          <p className={rows.soft}>{t("file.taps_count", { count: tap.data?.taps ?? taps })}</p>
          <Button component={Link} to={`/files/session?session=${session}`} variant="subtle">
            {t("file.taps_back")}
          </Button>
        </section>
      )}
    </Loaded>
  );
}
