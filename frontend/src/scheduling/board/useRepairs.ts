/** 小范围调整: the ways out for a session, looked up anew when the session has changed, and taking one. */
import { useEffect, useRef, useState } from "react";
import { api } from "@/api/client";
import { Refusal } from "@/api/refusal";
import { useText } from "@/i18n";
import { notifyDone } from "@/ui";
import type { Repairs, RepairWay, SessionPanel } from "./types";
import { useRefreshSession } from "./useRefreshSession";
import { useWhyNotThem } from "./whyThem";

const address = "/api/planning/sessions/{session_id}/repairs";

export function useRepairs(session: SessionPanel, moveAccepted: boolean) {
  const query = api.useQuery("get", address, {
    params: { path: { session_id: session.id }, query: { move_accepted: moveAccepted } },
  });
  // The panel hears of changes live and is the same object until something did change.
  const shown = useRef(session);
  const { refetch } = query;
  useEffect(() => {
    if (shown.current === session) return;
    shown.current = session;
    void refetch();
  }, [session, refetch]);
  return query;
}

/** Takes a way. Overtaken by somebody else, it says so and the ways are looked up anew. */
export function useTakeWay(session: SessionPanel, look: () => unknown) {
  const t = useText();
  const whyNot = useWhyNotThem();
  const refresh = useRefreshSession(session.id);
  const [overtaken, setOvertaken] = useState<string>();
  const repair = api.useMutation("post", address);
  const nameIn = (found: Repairs, id: unknown) =>
    found.ways.flatMap((way) => way.steps).find((step) => step.volunteer === id)?.name;
  const say = (error: unknown, found: Repairs): string => {
    const name = error instanceof Refusal ? nameIn(found, error.facts.volunteer) : undefined;
    if (error instanceof Refusal && error.code === "outdated") return t("repair.outdated");
    return name ? t("repair.no_longer", { name, reason: whyNot(error) }) : whyNot(error);
  };
  const take = ({ freed, taken, seen }: RepairWay, found: Repairs) =>
    repair.mutate(
      { params: { path: { session_id: session.id } }, body: { freed, taken, seen } },
      {
        onSuccess: async (done) => {
          setOvertaken(undefined);
          await refresh();
          notifyDone(t("repair.done", { told: done.told }));
        },
        onError: (error) => {
          setOvertaken(say(error, found));
          void look();
        },
      },
    );
  return { take, overtaken, busy: repair.isPending };
}
