/** 日历订阅: one's own shifts and family; for staff the calendars of what they look after. */
import { Button, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useGrant, useGrants } from "@/api/me";
import { useText } from "@/i18n";
import type { Role } from "@/roles";
import { EmptyState, Loaded, Page, Section } from "@/ui";
import rows from "@/ui/rows.module.css";
import styles from "./calendars.module.css";
import { FeedCard, Used } from "./FeedCard";
import { OpenCalendar, useOpenHubs } from "./OpenCalendar";
import type { Feed, OpenHub, Scope, Target } from "./types";
import { feedOf, useFeeds } from "./useFeeds";

const planners: Role[] = ["social_worker", "coordinator", "administrator"];
const scopes = ["district", "hub", "room", "agency", "program"] as const;
const SHOWN = 8;

export default function CalendarsPage() {
  const t = useText();
  const acting = useGrant()?.role;
  const roles = useGrants().map((grant) => grant.role);
  const staff = acting !== undefined && planners.includes(acting);
  return (
    <Page title={t("feed.title")} lead={staff ? t("feed.lead_staff") : t("feed.lead")}>
      {roles.includes("volunteer") && !staff && (
        <Section title={t("feed.my_shifts")}>
          <FeedCard scope="volunteer" />
        </Section>
      )}
      {roles.includes("guardian") && !staff && (
        <Section title={t("feed.my_family")}>
          <FeedCard scope="family" />
        </Section>
      )}
      {staff && <Places />}
    </Page>
  );
}

function Places() {
  const t = useText();
  const targets = api.useQuery("get", "/api/feeds/targets");
  const feeds = useFeeds();
  const mayOpen = useGrant()?.role !== "social_worker";
  const hubs = useOpenHubs(mayOpen).data ?? [];
  const [wanted, want] = useState("");
  const [chosen, choose] = useState<Target | null>(null);
  const words: Record<Scope, string> = {
    district: t("feed.district"),
    hub: t("feed.hubs"),
    room: t("feed.rooms"),
    agency: t("feed.agencies"),
    program: t("feed.programs"),
    volunteer: t("feed.my_shifts"),
    family: t("feed.my_family"),
  };
  return (
    <>
      <TextInput
        label={t("feed.search")}
        value={wanted}
        onChange={({ currentTarget: { value } }) => want(value)}
        type="search"
      />
      <Loaded query={targets}>
        {(all) => {
          const found = all.filter((target) => target.name.includes(wanted.trim()));
          if (found.length === 0)
            return <EmptyState title={t("feed.nothing_found")}>{t("feed.nothing_hint")}</EmptyState>;
          return scopes.map((scope) => {
            const theirs = found.filter((target) => target.scope === scope);
            return (
              theirs.length > 0 && (
                <Section key={`${scope}-${wanted}`} title={words[scope]}>
                  <Targets targets={theirs} feeds={feeds.data ?? []} hubs={hubs} onChoose={choose} />
                </Section>
              )
            );
          });
        }}
      </Loaded>
      <Modal
        opened={chosen !== null}
        onClose={() => choose(null)}
        title={chosen?.name}
        centered
        closeButtonProps={{ "aria-label": t("ui.close") }}
      >
        {chosen && (
          <>
            <FeedCard scope={chosen.scope} scopeId={chosen.scope_id} />
            {chosen.scope === "hub" &&
              hubs
                .filter((hub) => hub.hub_id === chosen.scope_id)
                .map((hub) => <OpenCalendar key={hub.hub_id} hub={hub} />)}
          </>
        )}
      </Modal>
    </>
  );
}

interface TargetsProps {
  targets: Target[];
  feeds: Feed[];
  hubs: OpenHub[];
  onChoose: (target: Target) => void;
}

/** Those subscribed to come first; a long list opens on asking. */
function Targets({ targets, feeds, hubs, onChoose }: TargetsProps) {
  const t = useText();
  const [all, showAll] = useState(false);
  const entries = targets.map((target) => ({ target, feed: feedOf(feeds, target.scope, target.scope_id) }));
  entries.sort((one, other) => Number(other.feed !== undefined) - Number(one.feed !== undefined));
  const isOpen = ({ scope, scope_id }: Target) =>
    scope === "hub" && hubs.some((hub) => hub.hub_id === scope_id && hub.since !== null);
  const shown = all ? entries : entries.slice(0, SHOWN);
  return (
    <>
      <ul className={rows.list}>
        {shown.map(({ target, feed }) => (
          <li key={target.scope_id} className={styles.row}>
            <span>
              {target.name}
              <br />
              <span className={rows.soft}>{feed ? <Used feed={feed} /> : t("feed.not_yet")}</span>
              {isOpen(target) && (
                <>
                  <br />
                  <span className={rows.soft}>{t("open.is_open")}</span>
                </>
              )}
            </span>
            <Button
              variant="default"
              onClick={() => onChoose(target)}
              aria-label={t("feed.choose_which", {
                verb: feed ? t("feed.manage") : t("feed.choose"),
                name: target.name,
              })}
            >
              {feed ? t("feed.manage") : t("feed.choose")}
            </Button>
          </li>
        ))}
      </ul>
      {entries.length > shown.length && (
        <Button variant="subtle" onClick={() => showAll(true)}>
          {t("feed.show_all", { count: entries.length })}
        </Button>
      )}
    </>
  );
}
