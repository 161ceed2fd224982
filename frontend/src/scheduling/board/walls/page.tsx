/** 大厅大屏: the screens in my sites' lobbies: an address for each, when it last asked, taking it down. */
import { Button, Group } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { api } from "@/api/client";
import type { components } from "@/api/schema";
import { useText } from "@/i18n";
import { ConfirmDialog, CopyField, EmptyState, Loaded, Page, Section, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";

type Wall = components["schemas"]["WallOut"];
const LIST = "/api/walls";
/** That a screen asked is noted every five minutes. */
const LIT = 10 * 60_000;

export default function WallsPage() {
  const t = useText();
  const query = api.useQuery("get", LIST);
  return (
    <Page title={t("walls.title")} lead={t("walls.lead")} actions={<Link to="/week/print">{t("walls.back")}</Link>}>
      <Loaded query={query}>
        {(walls) =>
          walls.length === 0 ? (
            <EmptyState title={t("board.no_sites")}>{t("board.no_sites_hint")}</EmptyState>
          ) : (
            walls.map((wall) => <OneWall key={wall.hub_id} wall={wall} />)
          )
        }
      </Loaded>
    </Page>
  );
}

function OneWall({ wall }: { wall: Wall }) {
  const t = useText();
  const dates = useDates();
  const words = useErrorText();
  const cache = useQueryClient();
  const [asked, ask] = useState<"replace" | "take_down">();
  const done = {
    onSuccess: () => ask(undefined),
    onSettled: () => cache.invalidateQueries({ queryKey: ["get", LIST] }),
  };
  const setUp = api.useMutation("put", "/api/hubs/{hub_id}/wall", done);
  const takeDown = api.useMutation("delete", "/api/hubs/{hub_id}/wall", {
    ...done,
    onSuccess: () => {
      ask(undefined);
      setUp.reset();
    },
  });
  /** Without what an earlier question ended in; the address that is shown once stays. */
  const put = (what?: "replace" | "take_down") => {
    if (setUp.error) setUp.reset();
    takeDown.reset();
    ask(what);
  };
  const params = { path: { hub_id: wall.hub_id } };
  const address = setUp.data && `${window.location.origin}${setUp.data.path}`;
  const failed: unknown = setUp.error ?? takeDown.error;
  const seen = wall.seen_at && `${dates.near(wall.seen_at)} ${dates.time(wall.seen_at)}`;
  const lit = wall.seen_at !== null && Date.now() - Date.parse(wall.seen_at) < LIT;
  return (
    <Section title={wall.hub}>
      {wall.since && (
        <StateMark state={lit ? "full" : "waiting"}>
          {seen ? t("walls.seen", { when: seen }) : t("walls.not_seen")}
        </StateMark>
      )}
      {address && (
        <>
          <p className={rows.soft}>{t("walls.once")}</p>
          <CopyField label={t("walls.address", { hub: wall.hub })} text={address} />
        </>
      )}
      <Group gap="sm">
        {wall.since === null ? (
          <Button
            variant="default"
            loading={setUp.isPending}
            onClick={() => setUp.mutate({ params })}
            aria-label={t("walls.set_up_which", { hub: wall.hub })}
          >
            {t("walls.set_up")}
          </Button>
        ) : (
          <>
            {setUp.data && (
              <Button component="a" href={setUp.data.path} target="_blank" rel="noreferrer" variant="default">
                {t("walls.look")}
              </Button>
            )}
            <Button variant="default" onClick={() => put("replace")}>
              {t("walls.replace")}
            </Button>
            <Button variant="default" onClick={() => put("take_down")}>
              {t("walls.take_down")}
            </Button>
          </>
        )}
      </Group>
      {failed !== null && !asked && (
        <p role="alert" className={rows.error}>
          {words(failed)}
        </p>
      )}
      {asked && (
        <ConfirmDialog
          opened
          onClose={() => put()}
          title={t(`walls.${asked}_title`)}
          consequence={t(`walls.${asked}_means`)}
          verb={t(`walls.${asked}`)}
          onConfirm={() => (asked === "replace" ? setUp : takeDown).mutate({ params })}
          busy={setUp.isPending || takeDown.isPending}
          error={failed === null ? undefined : words(failed)}
        />
      )}
    </Section>
  );
}
