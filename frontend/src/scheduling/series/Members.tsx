/** A closed group: who is in it, and enrolling a child once for all sessions. Searching and reading are logged. */
import { Button, Group, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ChildSearch, type FoundChild } from "@/scheduling/bookings/search";
import { Loaded, notifyDone, RemoveButton, Section, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import type { Series } from "./types";

/** What speaks against one session may not against the next; without consent there is no place in any. */
const forAll = (code: string) => code === "consent_missing";

export function Members({ series }: { series: Series }) {
  const t = useText();
  const dates = useDates();
  const cache = useQueryClient();
  const path = { path: { series_id: series.id } };
  const members = api.useQuery("get", "/api/series/{series_id}/members", { params: path });
  const again = () => cache.invalidateQueries({ queryKey: ["get", "/api/series/{series_id}/members"] });
  const leave = api.useMutation("delete", "/api/series/{series_id}/members/{child_id}", { onSuccess: again });
  return (
    <Section title={t("series.members")}>
      <Loaded query={members}>
        {(found) => (
          <>
            {found.length === 0 && <Text c="dimmed">{t("series.no_members")}</Text>}
            <ul className={rows.list}>
              {found.map((one) => (
                <li key={one.child} className={rows.row}>
                  <Group justify="space-between" wrap="nowrap">
                    <span>
                      <strong>{one.name}</strong>{" "}
                      <span className={rows.soft}>{t("series.member_since", { day: dates.day(one.since) })}</span>
                    </span>
                    <RemoveButton
                      name={t("series.take_out", { name: one.name })}
                      consequence={t("series.take_out_means")}
                      verb={t("series.do_take_out")}
                      doing={leave}
                      onConfirm={() =>
                        leave.mutate(
                          { params: { path: { series_id: series.id, child_id: one.child } } },
                          {
                            onSuccess: () => {
                              notifyDone(t("series.taken_out", { name: one.name }));
                            },
                          },
                        )
                      }
                    />
                  </Group>
                </li>
              ))}
            </ul>
          </>
        )}
      </Loaded>
      <Enrol series={series} onDone={again} />
    </Section>
  );
}

function Enrol({ series, onDone }: { series: Series; onDone: () => unknown }) {
  const t = useText();
  const words = useErrorText();
  const [round, setRound] = useState(0);
  const next = series.occurrences.find((one) => !one.cancelled && Date.parse(one.starts_at) > Date.now());
  const enrol = api.useMutation("post", "/api/series/{series_id}/members");
  if (!next) return null;
  const choose = (one: FoundChild, asked: string) =>
    enrol.mutate(
      { params: { path: { series_id: series.id } }, body: { children: [one.child], guardian_phone: asked } },
      {
        onSuccess: ({ left_out }) => {
          setRound(round + 1);
          void onDone();
          notifyDone(
            left_out > 0
              ? t("series.enrolled_but", { name: one.name, n: left_out })
              : t("series.enrolled", { name: one.name }),
          );
        },
      },
    );
  return (
    <Stack gap="sm">
      {enrol.error && (
        <Text role="alert" c="var(--empty)">
          {words(enrol.error)}
        </Text>
      )}
      <ChildSearch
        key={round}
        session={next.session}
        label={t("series.find_child")}
        says={forAll}
        action={(one, asked) =>
          !one.reasons.some((reason) => forAll(reason.code)) && (
            <Button
              variant="default"
              loading={enrol.isPending}
              aria-label={t("series.enrol_whom", { name: one.name })}
              onClick={() => choose(one, asked)}
            >
              {t("series.enrol")}
            </Button>
          )
        }
      />
    </Stack>
  );
}
