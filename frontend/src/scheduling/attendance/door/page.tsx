/** The code alone, as large as the hub's screen: to be left open beside the door. */
import { Button, Title } from "@mantine/core";
import { Link, useSearchParams } from "react-router";
import { useText } from "@/i18n";
import { BarePage, EmptyState, Loaded } from "@/ui";
import styles from "../attendance.module.css";
import { Door } from "../Door";
import { useDay } from "../useDay";

export default function DoorPage() {
  const t = useText();
  const [parameters] = useSearchParams();
  const day = useDay(Number(parameters.get("hub")) || undefined);
  return (
    <BarePage title={t("attend.door_title")} named>
      <Loaded query={day}>
        {({ hubs, hub }) => {
          const site = hubs.find((one) => one.id === hub);
          if (!site) return <EmptyState order={1} title={t("attend.no_hubs")} />;
          return (
            <section className={styles.screen}>
              <Title order={1}>{t("attend.door_at", { hub: site.name })}</Title>
              <Door hub={site.id} name={site.name} />
              <Button component={Link} to={`/check-in?hub=${site.id}`} variant="subtle">
                {t("attend.back")}
              </Button>
            </section>
          );
        }}
      </Loaded>
    </BarePage>
  );
}
