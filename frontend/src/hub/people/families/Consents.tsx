/** A child's consents as they stand, each with who said so and when, and the one thing that changes it. */
import { Button } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { ConfirmDialog, notifyDone, Section, StateMark, useDates, useErrorText } from "@/ui";
import rows from "@/ui/rows.module.css";
import { ConsentText } from "./ConsentText";
import type { Child, Consent, Kind } from "./types";
import { useRefreshFamilies } from "./useFamilies";

export function Consents({ child, mine }: { child: Child; mine: boolean }) {
  const t = useText();
  const words = useErrorText();
  const refresh = useRefreshFamilies();
  const [stopping, setStopping] = useState(false);
  const say = api.useMutation("post", "/api/families/children/{child_id}/consents", {
    onSuccess: async () => {
      setStopping(false);
      await refresh();
      notifyDone(t("families.kept"));
    },
  });
  const send = (kind: Kind, granted: boolean) =>
    say.mutate({ params: { path: { child_id: child.id } }, body: { answers: { [kind]: granted } } });
  const said = (one: Consent, granted: boolean) =>
    one.kind === "data" && !granted && one.holds ? setStopping(true) : send(one.kind, granted);
  return (
    <Section title={t("families.consents")}>
      <ul className={rows.list}>
        {child.consents.map((one) => (
          <li key={one.kind} className={rows.row}>
            <div className={rows.facts}>
              <span className={rows.name}>{t(`consents.${one.kind}`)}</span>
              <How consent={one} />
            </div>
            {mine && (
              <div className={rows.told}>
                {(one.open || !one.granted) && (
                  <Button
                    variant={one.open && one.kind === "data" ? "filled" : "default"}
                    onClick={() => said(one, true)}
                    aria-label={t("families.agree_to", { what: t(`consents.${one.kind}`) })}
                  >
                    {t("families.agree")}
                  </Button>
                )}
                {(one.open || one.granted) && (
                  <Button
                    variant="default"
                    onClick={() => said(one, false)}
                    aria-label={t(one.open ? "families.disagree_to" : "families.take_back_what", {
                      what: t(`consents.${one.kind}`),
                    })}
                  >
                    {t(one.open ? "families.disagree" : "families.take_back")}
                  </Button>
                )}
              </div>
            )}
            <ConsentText kind={one.kind} version={one.version} />
          </li>
        ))}
      </ul>
      {say.error && !stopping && (
        <p role="alert" className={rows.error}>
          {words(say.error)}
        </p>
      )}
      <ConfirmDialog
        opened={stopping}
        onClose={() => setStopping(false)}
        title={t("families.stop_title", { name: child.name })}
        consequence={t("families.stop_means")}
        verb={t("families.take_back")}
        onConfirm={() => send("data", false)}
        busy={say.isPending}
        error={say.error ? words(say.error) : undefined}
      />
    </Section>
  );
}

export function How({ consent }: { consent: Consent }) {
  const t = useText();
  const dates = useDates();
  const state = consent.open ? "waiting" : consent.granted ? "full" : "empty";
  const word = consent.open
    ? consent.granted
      ? "families.is_outdated"
      : "families.is_open"
    : consent.granted
      ? "families.is_agreed"
      : "families.is_refused";
  return (
    <>
      <StateMark state={state}>{t(word)}</StateMark>
      {consent.recorded_at && (
        <span className={rows.soft}>
          {consent.signed_on
            ? t("families.on_paper", {
                who: consent.given_by,
                day: dates.date(consent.signed_on),
                staff: consent.recorded_by,
              })
            : consent.recorded_by
              ? t("families.by_list", { day: dates.date(consent.recorded_at) })
              : t("families.said_by", { who: consent.given_by, day: dates.date(consent.recorded_at) })}
        </span>
      )}
    </>
  );
}
