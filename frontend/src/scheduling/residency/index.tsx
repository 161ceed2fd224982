/** On the first page, below the day: whose month will fall short, once both sides were told. Fetched with its sentences
 * when there is one. */
import { lazy, Suspense } from "react";
import { api } from "@/api/client";
import { loadTexts } from "@/i18n";
import { liveLedger } from "./useLedger";

const Stays = lazy(async () => (await Promise.all([import("./Lagging"), loadTexts("scheduling/residency")]))[0]);

export function Lagging() {
  const { data } = api.useQuery("get", "/api/ledger/lagging", {}, liveLedger);
  if (!data?.length) return null;
  return (
    <Suspense fallback={null}>
      <Stays stays={data} />
    </Suspense>
  );
}
