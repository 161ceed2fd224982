/** The group robots of my sites: set once, tried with a button, taken away. */
import { Button, Group, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { Loaded, notifyDone, Page, Section, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

type Robot = components["schemas"]["HubRobotOut"];

export default function RobotsPage() {
  const t = useText();
  const query = api.useQuery("get", "/api/robots");
  return (
    <Page title={t("robots.title")} lead={t("robots.lead")}>
      <Loaded query={query}>
        {(robots) => (
          <>
            {robots.map((robot) => (
              <OneRobot key={robot.hub_id} robot={robot} />
            ))}
          </>
        )}
      </Loaded>
      <p className={rows.soft}>{t("robots.how")}</p>
    </Page>
  );
}

function OneRobot({ robot }: { robot: Robot }) {
  const t = useText();
  const dates = useDates();
  const errorText = useErrorText();
  const cache = useQueryClient();
  const [address, setAddress] = useState("");
  const params = { path: { hub_id: robot.hub_id } };
  const refresh = () => cache.invalidateQueries({ queryKey: ["get", "/api/robots"] });
  const save = api.useMutation("put", "/api/hubs/{hub_id}/robot", {
    onSuccess: async () => {
      setAddress("");
      await refresh();
      notifyDone(t("robots.saved"));
    },
  });
  const remove = api.useMutation("delete", "/api/hubs/{hub_id}/robot", { onSuccess: refresh });
  const attempt = api.useMutation("post", "/api/hubs/{hub_id}/robot/try", {
    onSuccess: () => notifyDone(t("robots.tried")),
  });
  const failed = save.error ?? attempt.error ?? remove.error;
  return (
    <Section title={robot.hub}>
      {robot.set_at ? (
        <Group gap="sm">
          <span>{t("robots.set", { day: dates.date(robot.set_at) })}</span>
          <Button variant="default" loading={attempt.isPending} onClick={() => attempt.mutate({ params })}>
            {t("robots.try")}
          </Button>
          <Button variant="subtle" loading={remove.isPending} onClick={() => remove.mutate({ params })}>
            {t("robots.remove")}
          </Button>
        </Group>
      ) : (
        <Group gap="sm" align="flex-end">
          <TextInput
            label={t("robots.address")}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
            autoComplete="off"
          />
          <Button
            disabled={!address.trim()}
            loading={save.isPending}
            onClick={() => save.mutate({ params, body: { address } })}
          >
            {t("robots.save")}
          </Button>
        </Group>
      )}
      {failed && (
        <p role="alert" className={rows.error}>
          {errorText(failed)}
        </p>
      )}
    </Section>
  );
}
