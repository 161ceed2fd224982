/** The smallest thing that would fill a place, found by filling it; asked for once the place is shown. */
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, Skeleton } from "@/ui";
import { useLookup } from "./lookup";
import { RemedyDialog } from "./RemedyDialog";
import { useRemedyWords } from "./remedyWords";
import type { Remedy } from "./types";

interface Props {
  need: number;
  /** What else one can do. */
  aside: React.ReactNode;
  /** Said where no one thing is enough. */
  otherwise: React.ReactNode;
}

export function SmallestRemedy({ need, aside, otherwise }: Props) {
  const { run } = useLookup();
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/needs/{need_id}/remedy",
    { params: { path: { run_id: run.id, need_id: need } } },
    { meta: { live: ["proposal"] }, placeholderData: (before) => before },
  );
  return (
    <Loaded query={found} skeleton={<Skeleton lines={1} />}>
      {({ remedy }) =>
        remedy ? (
          <Offer need={need} remedy={remedy} aside={aside} />
        ) : (
          <>
            {otherwise}
            {aside}
          </>
        )
      }
    </Loaded>
  );
}

function Offer({ need, remedy, aside }: { need: number; remedy: Remedy; aside: React.ReactNode }) {
  const t = useText();
  const words = useRemedyWords(remedy);
  const [trying, setTrying] = useState(false);
  return (
    <>
      <Text>{words}</Text>
      <Group gap="sm">
        <Button variant="outline" onClick={() => setTrying(true)}>
          {t("plan.try")}
        </Button>
        {aside}
      </Group>
      {trying && <RemedyDialog need={need} remedy={remedy} onClose={() => setTrying(false)} />}
    </>
  );
}
