/** The group robots of my sites: set once, tried with a button, taken away. */
import { Button, Group, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { ConfirmDialog, Loaded, notifyDone, Page, Section, useDates, useErrorText } from "@/ui";
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
  const [asked, ask] = useState(false);
  const params = { path: { hub_id: robot.hub_id } };
  const refresh = () => cache.invalidateQueries({ queryKey: ["get", "/api/robots"] });
  const save = api.useMutation("put", "/api/hubs/{hub_id}/robot", {
    onSuccess: async () => {
      setAddress("");
      await refresh();
      notifyDone(t("robots.saved"));
    },
  });
  const remove = api.useMutation("delete", "/api/hubs/{hub_id}/robot", {
    onSuccess: () => {
      ask(false);
      return refresh();
    },
  });
  const attempt = api.useMutation("post", "/api/hubs/{hub_id}/robot/try", {
    onSuccess: () => notifyDone(t("robots.tried")),
  });
  const failed = save.error ?? attempt.error;
  return (
    <Section title={robot.hub}>
      {robot.set_at ? (
        <Group gap="sm">
          <span>{t("robots.set", { day: dates.date(robot.set_at) })}</span>
          <Button variant="default" loading={attempt.isPending} onClick={() => attempt.mutate({ params })}>
            {t("robots.try")}
          </Button>
          <Button variant="subtle" onClick={() => ask(true)}>
            {t("robots.remove")}
          </Button>
          <ConfirmDialog
            opened={asked}
            onClose={() => {
              remove.reset();
              ask(false);
            }}
            title={t("robots.remove_ask", { hub: robot.hub })}
            consequence={t("robots.remove_means")}
            verb={t("robots.remove")}
            onConfirm={() => remove.mutate({ params })}
            busy={remove.isPending}
            error={remove.error ? errorText(remove.error) : undefined}
          />
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
