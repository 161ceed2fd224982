/** The smallest thing that would fill a place, found by filling it; asked for once the place is shown. */
import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { api } from "@/api/client";
import { useText } from "@/i18n";
import { Loaded, Skeleton } from "@/ui";
import { RemedyDialog } from "./RemedyDialog";
import { useRemedyWords } from "./remedyWords";
import type { Remedy, Shift } from "./types";
import { useProposal } from "./useProposal";

interface Props {
  shift: Shift;
  /** What else one can do. */
  aside: React.ReactNode;
  /** Said where no one thing is enough. */
  otherwise: React.ReactNode;
}

export function SmallestRemedy({ shift, aside, otherwise }: Props) {
  const { run } = useProposal();
  const found = api.useQuery(
    "get",
    "/api/planning/runs/{run_id}/needs/{need_id}/remedy",
    { params: { path: { run_id: run.id, need_id: shift.need } } },
    { meta: { live: ["proposal", "run"] }, placeholderData: (before) => before },
  );
  return (
    <Loaded query={found} skeleton={<Skeleton lines={1} />}>
      {({ remedy }) =>
        remedy ? (
          <Offer shift={shift} remedy={remedy} aside={aside} />
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

function Offer({ shift, remedy, aside }: { shift: Shift; remedy: Remedy; aside: React.ReactNode }) {
  const t = useText();
  const words = useRemedyWords(remedy, shift);
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
      {trying && <RemedyDialog shift={shift} remedy={remedy} onClose={() => setTrying(false)} />}
    </>
  );
}
